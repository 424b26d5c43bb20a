import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderTheme, ThemeError, toJsonResume } from '@careerhooks/cv';
import { THEMES, pageJudges, resumeThemes } from './support/tools';
import { type CvName, CVS } from './themes/facts';
import { faultsOf, glued, missing } from './themes/judge';
import { KNOWN_FAULTS } from './themes/known-faults';
import { type Page, pageReader } from './themes/read-page';
import { tableOf, type ThemeResult, withTable } from './themes/table';

const ROOT = join(__dirname, '../..');
const DOCUMENT = join(ROOT, 'docs/cv.md');

type Name = keyof typeof THEMES;
const NAMES = Object.keys(THEMES) as Name[];
const CV_NAMES = Object.keys(CVS) as CvName[];

let render: (theme: Name, cv: CvName, timeZone?: string) => Promise<Page>;
const results = new Map<Name, ThemeResult>();

beforeAll(async () => {
  const [folder, judges] = [await resumeThemes.install(), await pageJudges.install()];
  const read = pageReader(judges);
  render = async (theme, cv, timeZone = 'UTC') => {
    const name = `jsonresume-theme-${theme}`;
    const resume = JSON.parse(JSON.stringify(toJsonResume(CVS[cv].cv))) as unknown;
    return read(await renderTheme({ name, folder, isPackage: true }, resume, { timeZone }));
  };
  for (const name of NAMES) results.set(name, await resultOf(name));
});

async function resultOf(theme: Name): Promise<ThemeResult> {
  const result: ThemeResult = { version: THEMES[theme], pages: {}, faults: {}, missing: {} };
  for (const cv of CV_NAMES) {
    try {
      const page = await render(theme, cv);
      result.pages[cv] = page;
      result.faults[cv] = faultsOf(page);
      result.missing[cv] = missing(page, CVS[cv].facts);
    } catch (error) {
      if (!(error instanceof ThemeError)) throw error;
      result.faults[cv] = ['no page'];
    }
  }
  result.west = await render(theme, 'rich', 'America/New_York');
  return result;
}

/** Pages there are, as rows. */
function pages(): [string, CvName, Page, ThemeResult][] {
  return [...results].flatMap(([theme, result]) =>
    CV_NAMES.flatMap((cv): [string, CvName, Page, ThemeResult][] => {
      const page = result.pages[cv];
      return page === undefined ? [] : [[theme, cv, page, result]];
    }),
  );
}

test('themes have their known faults, and no other', () => {
  const found = [...results].flatMap(([theme, { faults }]) =>
    CV_NAMES.flatMap((cv) => (faults[cv] ?? []).map((fault) => `${theme}, ${cv}: ${fault}`)),
  );
  expect(found.sort()).toEqual(Object.keys(KNOWN_FAULTS).sort());
});

test('every theme makes a page of a rich CV, and all but three of any', () => {
  const failing = [...results].filter(([, { faults }]) =>
    CV_NAMES.some((cv) => faults[cv]?.includes('no page')),
  );
  for (const [, { pages: made }] of results) expect(made.rich).toBeDefined();
  expect(failing.map(([theme]) => theme)).toEqual(['actual', 'cora', 'modern']);
});

test('no page loses who it is, an employer or a position', () => {
  const lost = pages().flatMap(([theme, cv, , result]) =>
    (result.missing[cv] ?? [])
      .filter((name) => /^name$|employers?$|positions?$/.test(name) && !/of positions/.test(name))
      .map((name) => `${theme}, ${cv}: ${name}`),
  );
  expect(lost).toEqual([]);
});

test('no page loses a city, or makes one sentence of two', () => {
  const [first] = CVS.rich.cv.workExperience;
  const points = [...(first?.responsibilities ?? []), ...(first?.achievements ?? [])];
  for (const [theme, { pages: made, missing: lost }] of results) {
    expect([theme, lost.rich?.includes('city')]).toEqual([theme, false]);
    for (const [index, point] of points.slice(1).entries()) {
      const before = points[index] ?? '';
      expect([theme, made.rich && glued(made.rich, before, point)]).toEqual([theme, false]);
    }
  }
});

test('newest first, and one GitHub account', () => {
  for (const [theme, , { text, links }] of pages().filter(([, cv]) => cv === 'rich')) {
    const order = ['Northwind Example', 'Contoso Sample', 'Fabrikam Sample'].map((employer) =>
      text.toLowerCase().indexOf(employer.toLowerCase()),
    );
    expect([theme, order]).toEqual([theme, [...order].sort((one, other) => one - other)]);
    const accounts = links.filter(({ to }) => /github\.com\/ada-example\/?$/.test(to));
    expect([theme, accounts.length]).toEqual([theme, theme === 'modern' ? 0 : 1]);
  }
});

test('in the zone in which we render, no month is the one before', () => {
  for (const [theme, , { text }] of pages().filter(([, cv]) => cv === 'rich')) {
    expect([theme, /Feb\w*,? 2021|2021-Feb|02\/2021|Dec\w*,? 2017/.test(text)]).toEqual([
      theme,
      false,
    ]);
  }
});

test('docs/cv.md says how each does', async () => {
  const document = await readFile(DOCUMENT, 'utf8');
  const wanted = formatted(withTable(document, tableOf(results)));
  // WRITE_THEMES=1 writes it.
  if (process.env.WRITE_THEMES === '1') await writeFile(DOCUMENT, wanted);
  else expect(document).toBe(wanted);
});

/** As the repository's formatter has it, which runs under no Jest. */
function formatted(document: string): string {
  const prettier = join(ROOT, 'node_modules/prettier/bin/prettier.cjs');
  const args = [prettier, '--stdin-filepath', DOCUMENT];
  const { stdout, status } = spawnSync(process.execPath, args, {
    input: document,
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  return stdout;
}
