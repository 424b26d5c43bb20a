import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CvDocument } from '@careerhooks/cv';
import { longCv, richCv, sparseCv } from './cv/example-cvs';
import { EXTRACTORS } from './cv/extractors';
import { faultsIn } from './cv/faults-in';
import { judgeByVeraPdf } from './cv/judge-by-verapdf';
import { lookAtPdf } from './cv/look-at-pdf';
import { type Design, DESIGNS, render } from './cv/render';
import { createTable } from './cv/table';
import { VERAPDF } from './cv/versions';
import { wantedOf } from './cv/wanted';
import { describeWith } from './support/describe-with';
import { veraPdf } from './support/tools';

const CVS = { rich: richCv, long: longCv, sparse: sparseCv };
type Which = keyof typeof CVS;

/** A rich CV in each design, and others in the first. */
function casesOf(others: readonly Which[]): [Which, Design][] {
  return [
    ...DESIGNS.map((design): [Which, Design] => ['rich', design]),
    ...others.map((which): [Which, Design] => [which, DESIGNS[0]]),
  ];
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careerhooks-cv-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** `CV_READERS_TABLE` is where the table for docs/cv.md is written to. */
const table = createTable();
afterAll(() => table.write(process.env.CV_READERS_TABLE));

async function pdfOf(cv: CvDocument, design: Design = DESIGNS[0]): Promise<string> {
  const path = join(folder, 'cv.pdf');
  await writeFile(path, await render(cv, design));
  return path;
}

describe('every text of the CV is found, in order, with blanks between', () => {
  for (const { name, version, needs, read } of EXTRACTORS) {
    describeWith(needs, `by ${name}`, () => {
      test.each(casesOf(['long']))('in a %s CV, %s', async (which, design) => {
        const text = await read(await pdfOf(CVS[which], design));
        const faults = faultsIn(text, wantedOf(CVS[which]));
        const result = faults.length === 0 ? 'all, in order' : `${faults.length} not so`;
        table.add(`${name} ${await version()}`, `${which}, ${design}`, result);
        expect(faults).toEqual([]);
      });
    });
  }
});

describe('a viewer', () => {
  test('finds a link for each address', async () => {
    const { links } = await lookAtPdf(await pdfOf(richCv));
    const wanted = [
      'mailto:lucja.nguyen-olafs@mail-host.example.com',
      'tel:+48225550199',
      ...addressesIn(richCv),
    ];
    const plain = (url: string): string => new URL(url.replace(/(?<=^tel:.*)[-. ()]/g, '')).href;
    expect(sorted(links.map(plain))).toEqual(sorted(wanted.map(plain)));
  });

  test('finds the outline, the language and the title', async () => {
    const { outline, lang, marked, title } = await lookAtPdf(await pdfOf(richCv));
    expect(outline.map((heading) => heading.toLowerCase())).toEqual(
      expect.arrayContaining(['experience', 'education', 'skills', 'projects']),
    );
    expect(lang).toMatch(/^en/);
    expect(marked).toBe(true);
    expect(title).toContain('Łucja Nguyễn-Ólafsdóttir');
  });
});

/** Every web address of the CV. */
function addressesIn(cv: CvDocument): string[] {
  const texts = JSON.stringify(cv).matchAll(/"(https?:\/\/[^"]+)"/g);
  return Array.from(texts, ([, url = '']) => url);
}

function sorted(urls: readonly string[]): string[] {
  return [...new Set(urls)].sort();
}

describeWith(veraPdf.needs, 'PDF/UA-1, as veraPDF judges', () => {
  /** Rules that the PDF does not hold, as `7.1 test 3`, each with the reason. */
  const LEFT: readonly string[] = [];

  test.each(casesOf(['long', 'sparse']))(
    'by a %s CV, %s, all rules are held but those that are named',
    async (which, design) => {
      const { checks, failed } = await judgeByVeraPdf(await pdfOf(CVS[which], design));
      const version = VERAPDF['org.verapdf:validation-model'];
      const result = `${checks} checks, ${failed.length} rules failed`;
      table.add(`veraPDF ${version}, PDF/UA-1`, `${which}, ${design}`, result);
      expect(checks).toBeGreaterThan(50);
      const isLeft = (rule: string) => LEFT.some((left) => rule.startsWith(`${left},`));
      expect(failed.filter((rule) => !isLeft(rule))).toEqual([]);
      expect(failed).toHaveLength(LEFT.length);
    },
  );
});
