import { once } from 'node:events';
import { copyFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadFonts } from '@careerhooks/cv';
import { type Font, openSync } from 'fontkit';
import { userCacheFolder } from '../../../temporal/src/cache-folder';
import { forLayout, shape } from '../../../cv/src/pdf/text/shape';
import { addFont } from '../../../cli/src/fonts/add-font';
import { drawTexts } from '../../support/draw-texts';
import { installOnce } from '../../support/install-once';
import { readPdf } from '../../support/pdf-content';

const ANYWHERE = { httpsOnly: false, publicOnly: false, allow: [] };
const PUBLIC = { httpsOnly: true, publicOnly: true, allow: [] };

/** Those that the texts below are drawn with: installed once, 65 MB. */
const NAMES = [
  'arabic',
  'devanagari',
  'hebrew',
  'japanese',
  'korean',
  'malayalam',
  'tamil',
  'thai',
];
const installed = join(userCacheFolder(process.env) ?? tmpdir(), 'cv-fonts-2');

let folder: string;
let server: Server | undefined;

beforeAll(async () => {
  await installOnce(
    installed,
    NAMES.at(-1) ?? '',
    async (partial) => {
      for (const name of NAMES) {
        await addFont(name, { folder: partial, env: process.env, egressPolicy: ANYWHERE });
      }
    },
    (line) => void process.stderr.write(`${line}\n`),
  );
}, 600_000);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fonts-'));
});

afterEach(async () => {
  server?.close();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function serve(answer: RequestListener): Promise<NodeJS.ProcessEnv> {
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { npm_config_registry: `http://127.0.0.1:${port}/npm/` };
}

const texts = [
  'محمد بن عبد الله – مهندس برمجيات',
  'שרה כהן – מפתחת תוכנה',
  '山田太郎 株式会社でソフトウェア開発を担当した。',
  '김철수 소프트웨어 엔지니어',
  'प्रिया कृष्णमूर्ति श्री क्षत्रिय हिन्दी',
  'முத்துக்குமார் தமிழ்',
  'สมชาย วิศวกรซอฟต์แวร์',
  // Letters that the fonts take apart, and syllables that begin with what pdf.js takes for a mark.
  'أدوات إدارة أعمال آلات أساسيات إجازات الأدوات إنجازات الإدارة مسؤول رئيسية إحصاء',
  'ชำระ กำไร ทำงาน จำนวน สำคัญ คำนวณ น้ำ ค่ำ ที่ปั้น',
  'ज्ञान श्री क्षेत्र कर्म कुछ',
  'മലയാളം കൊച്ചി',
];

test('texts of scripts whose fonts were added are drawn, and read as they were written', async () => {
  const fonts = loadFonts({ folder: installed, lang: 'en' });
  expect(fonts.problems).toEqual([]);
  expect(fonts.missing(texts.join('\n'))).toEqual([]);
  const pdf = await drawTexts(texts, fonts, { width: 550 });
  // A vowel in two signs is read as two.
  const read = readPdf(pdf).pages.join('').normalize('NFC');
  expect(read.split('\n')).toEqual(texts.map((text) => text.normalize('NFC')));
}, 60_000);

test("Thai's AM has its ring below the tone that is written before it", () => {
  const thai = join(installed, 'thai', '400Regular', 'NotoSansThai_400Regular.ttf');
  const font = forLayout(openSync(thai) as Font);
  const ring = font.glyphForCodePoint(0x0e4d).id;
  const heightOfRing = (text: string) =>
    shape(font, text, false).outlines.find(({ glyph }) => glyph === ring)?.y;
  expect(heightOfRing('น้ำ')).toBe(heightOfRing('นำ'));
});

test.each([
  ['ja', 'NotoSansJP'],
  ['ko', 'NotoSansKR'],
])(
  'the language says whose Chinese characters are drawn: %s',
  async (lang, font) => {
    const pdf = await drawTexts(['直'], loadFonts({ folder: installed, lang }));
    expect(pdf.toString('latin1')).toContain(`+${font}-Regular`);
  },
  60_000,
);

test('asks the registry that npm is set up with, follows it to its store, and takes no other package', async () => {
  const asked: (string | undefined)[] = [];
  const env = await serve((request, response) => {
    asked.push(request.url);
    if (asked.length === 1) response.writeHead(302, { location: '/store' }).end();
    else response.end('another package');
  });
  await expect(addFont('lao', { folder, env, egressPolicy: ANYWHERE })).rejects.toThrow(
    /^The font lao could not be added: what came is not @expo-google-fonts\/noto-sans-lao@0\.4\.2: .*by hand/,
  );
  expect(asked).toEqual([
    '/npm/@expo-google-fonts/noto-sans-lao/-/noto-sans-lao-0.4.2.tgz',
    '/store',
  ]);
  expect(await readdir(folder)).toEqual([]);
});

test('says what a registry answers that has no such package', async () => {
  const env = await serve((_request, response) => response.writeHead(404).end());
  await expect(addFont('lao', { folder, env, egressPolicy: ANYWHERE })).rejects.toThrow(
    'answered 404',
  );
});

test('says nothing of a password in the address of a registry', async () => {
  const { npm_config_registry: registry = '' } = await serve((_request, response) =>
    response.writeHead(403).end(),
  );
  const env = { npm_config_registry: registry.replace('//', '//somebody:their-password@') };
  const refused = addFont('lao', { folder, env, egressPolicy: ANYWHERE });
  await expect(refused).rejects.toThrow(/could not be added/);
  await expect(refused).rejects.not.toThrow(/their-password/);
});

test('goes through the guard', async () => {
  const env = await serve((_request, response) => response.end());
  await expect(addFont('lao', { folder, env, egressPolicy: PUBLIC })).rejects.toThrow(/https/i);
});

test('names the fonts there are where there is none of that name', async () => {
  await expect(addFont('klingon', { folder, env: {}, egressPolicy: ANYWHERE })).rejects.toThrow(
    /There is no font "klingon"\. There are: arabic, .*, thai\./,
  );
});

test('a file that is no font is passed over and told, and the others are used', async () => {
  await writeFile(join(folder, 'broken.ttf'), 'no font');
  const thai = join('thai', '400Regular', 'NotoSansThai_400Regular.ttf');
  await copyFile(join(installed, thai), join(folder, 'by-hand.ttf'));
  const fonts = loadFonts({ folder, lang: 'en' });
  expect(fonts.missing('ไทย')).toEqual([]);
  expect(fonts.problems).toEqual([expect.stringContaining('broken.ttf cannot be read')]);
});

test('a file that was not copied to its end is passed over and told', async () => {
  const thai = join('thai', '400Regular', 'NotoSansThai_400Regular.ttf');
  const whole = await readFile(join(installed, thai));
  await writeFile(join(folder, 'cut.ttf'), whole.subarray(0, whole.length / 2));
  const fonts = loadFonts({ folder, lang: 'en' });
  expect(fonts.missing('ไ')).toEqual(['ไ']);
  expect(fonts.problems).toEqual([expect.stringContaining('cut.ttf cannot be read')]);
});

test('fonts that are put there later are seen', async () => {
  expect(loadFonts({ folder, lang: 'en' }).missing('ไ')).toEqual(['ไ']);
  await cp(join(installed, 'thai'), join(folder, 'thai'), { recursive: true });
  expect(loadFonts({ folder, lang: 'en' }).missing('ไ')).toEqual([]);
});
