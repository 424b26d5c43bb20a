import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';

let dataDir: string;
let careerHooks: TestCareerHooks;
let themes: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-html-'));
  themes = join(dataDir, 'themes', 'node_modules');
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

async function start(theme: string | undefined): Promise<void> {
  careerHooks = await startTestCareerHooks({ CAREERHOOKS_DATA_DIR: dataDir, CV_HTML_THEME: theme });
}

async function rename(name: string): Promise<void> {
  const change = { action: 'update', section: 'personalInfo', data: { name } };
  expect((await careerHooks.call('POST', '/v1/cv/changes', change)).status).toBeLessThan(300);
}

/** The page as a client gets it. */
async function page(path = '/api/cv.html', token = careerHooks.token) {
  const response = await fetch(`${careerHooks.url}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('by our own theme', () => {
  beforeAll(() => start(undefined));
  afterAll(() => careerHooks.stop());

  it('shows the CV as it is, under both paths, to whoever may read it', async () => {
    expect((await page()).text).toContain('Curriculum Vitae');
    await rename('Ada <Example>');
    const reader = await careerHooks.key({ system: 'cv', scopes: ['publish'] });
    for (const path of ['/api/cv.html', '/cv/api/cv.html', '/v1/cv/html']) {
      const { status, headers, text } = await page(path, reader);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(headers.get('x-cv-version')).toBe('1');
      expect(text).toContain('<h1 class="p-name">Ada &#60;Example&#62;</h1>');
    }
  });

  it('lets nothing run, be framed, sniffed or kept', async () => {
    const { headers } = await page();
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^;]+; img-src https: http: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });

  it('is for no other system’s key, and for nobody without', async () => {
    const other = await careerHooks.key({ system: 'roleready' });
    expect((await page('/api/cv.html', other)).status).toBe(401);
    expect((await page('/api/cv.html', 'wrong')).status).toBe(401);
    expect((await page('/v1/cv/html', other)).status).toBe(403);
  });
});

describe('by a theme that the operator has installed', () => {
  const NAME = 'jsonresume-theme-probe';

  async function install(code: string): Promise<void> {
    await mkdir(join(themes, NAME), { recursive: true });
    await writeFile(join(themes, NAME, 'package.json'), JSON.stringify({ name: NAME }));
    await writeFile(join(themes, NAME, 'index.js'), code);
  }

  beforeAll(async () => {
    await install(`exports.render = async ({ basics }) => {
      if (basics.name === 'No theme has this') throw new Error('no template for it');
      return '<!doctype html><script>alert(1)</script><p>' + basics.name + ' ' + process.hrtime.bigint();
    };`);
    await start(NAME);
  });
  afterAll(() => careerHooks.stop());

  it('shows its page, whose scripts do nothing, also once it is saved', async () => {
    await rename('Ada Example');
    for (const path of ['/api/cv.html', '/v1/cv/html']) {
      const { headers, text } = await page(path);
      expect(text).toContain('<p>Ada Example');
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/^default-src 'none';/);
      expect(policy).toMatch(/; sandbox allow-popups allow-popups-to-escape-sandbox$/);
      expect(policy).not.toMatch(/script|allow-(scripts|forms|same-origin)/);
      expect(text.indexOf('Content-Security-Policy')).toBeLessThan(text.indexOf('<script'));
    }
  });

  it('runs once for the same CV, and again for another', async () => {
    const pages = await Promise.all([page(), page(), page()]);
    expect(new Set(pages.map(({ text }) => text)).size).toBe(1);
    await rename('Ada Other');
    expect((await page()).text).toContain('<p>Ada Other');
  });

  it('says why there is no page, and shows the next one', async () => {
    await rename('No theme has this');
    const { status, text } = await page();
    expect(status).toBe(500);
    expect(JSON.parse(text)).toMatchObject({
      error: 'The theme made no page',
      code: 'THEME_FAILED',
      details: { theme: NAME, reason: 'Error: no template for it' },
    });
    const native = await page('/v1/cv/html');
    expect(native.status).toBe(500);
    expect(JSON.parse(native.text)).toMatchObject({
      code: 'cv_theme_failed',
      detail: expect.stringContaining('no template for it') as string,
    });
    await rename('Ada Example');
    expect((await page()).text).toContain('<p>Ada Example');
    expect((await page('/api/cv')).status).toBe(200);
  });
});

test('a theme that is not installed is told with the command that installs it', async () => {
  await start('jsonresume-theme-absent');
  const { status, text } = await page();
  expect(status).toBe(500);
  expect(text).toContain(
    `npm install --ignore-scripts --prefix ${join(dataDir, 'themes')} jsonresume-theme-absent`,
  );
  await careerHooks.stop();
});

test.each(['evil; rm', 'UPPER CASE', 'https://example.com/theme'])(
  'the setting %p names no theme',
  async (theme) => {
    await expect(start(theme)).rejects.toThrow(/CV_HTML_THEME: must be careerhooks, a package/);
  },
);
