import type { CvName } from './facts';
import type { Page } from './read-page';

/** How a theme does. */
export interface ThemeResult {
  version: string;
  /** Where it makes one. */
  pages: Partial<Record<CvName, Page>>;
  faults: Partial<Record<CvName, string[]>>;
  missing: Partial<Record<CvName, string[]>>;
  /** The rich CV in New York. */
  west?: Page;
}

const BEGIN = '<!-- Written by test/interop/themes.test.ts: WRITE_THEMES=1 -->';
const END = '<!-- End of the themes -->';

/** The document with this table in place of the one that it has. */
export function withTable(document: string, table: string): string {
  const [before = '', rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined)
    throw new Error(`docs/cv.md has no place for the table: ${BEGIN} … ${END}`);
  return `${before}${BEGIN}\n\n${table}\n\n${END}${after}`;
}

/** A row for each theme, in Markdown. */
export function tableOf(results: ReadonlyMap<string, ThemeResult>): string {
  const rows = [...results].map(([name, result]) =>
    [
      `\`${name}\` ${result.version}`,
      list(result.missing.rich),
      list(result.missing.sparse),
      list(faults(result)),
      list(dates(result)),
    ].join(' | '),
  );
  return [
    '| theme | of a rich CV it does not show | of a sparse one | its faults | its dates |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

function faults({ faults: found, pages }: ThemeResult): string[] {
  const everywhere = Object.entries(found).flatMap(([cv, names]) =>
    names.map((name) => (name === 'no page' ? `no page of the ${cv} CV` : name)),
  );
  return [...new Set([...everywhere, ...readings(pages.rich)])];
}

/** What a theme makes of the summary's `<b>tags</b>` and `*stars*`, which are text. */
function readings(page: Page | undefined): string[] {
  const text = page?.text ?? '';
  if (!text.includes('Builds engines')) return [];
  return [
    ...(text.includes('<b>tags</b>') ? [] : ['reads text as HTML']),
    ...(text.includes('*stars*') ? [] : ['reads text as Markdown']),
  ];
}

function dates({ pages, west }: ThemeResult): string[] {
  const text = pages.rich?.text ?? '';
  return [
    ...(/Jan\w*,? 2018|01\/2018|2018-Jan/.test(text) ? ['2018 is January 2018'] : []),
    ...(text === west?.text ? [] : ['a month early west of UTC']),
  ];
}

/** What says nothing more where another is not shown either. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  projects: ["projects' achievements", "projects' technologies", 'repositories'],
  languages: ['fluency'],
  volunteering: ['points of volunteering'],
  interests: ['keywords of interests'],
  summary: ['second paragraphs'],
};

function list(names: readonly string[] | undefined): string {
  if (names === undefined) return '(no page)';
  const implied = new Set(names.flatMap((name) => PARTS[name] ?? []));
  return names.filter((name) => !implied.has(name)).join(', ') || '–';
}
