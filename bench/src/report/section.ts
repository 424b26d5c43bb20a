import type { Figures } from '../measure';
import { cellsOf, COLUMNS } from './cells';
import type { Chart } from './charts';
import { markdownTable } from './markdown-table';
import { notesOf } from './table';
import type { Target } from './targets';

const BEGIN = '<!-- figures: written by `npm run bench -- --docs` -->';
const END = '<!-- end of the figures -->';

/** The page with other figures; throws where it has no place for them. */
export function withFigures(page: string, section: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error('docs/performance.md has lost its markers.');
  return `${page.slice(0, begin)}${BEGIN}\n\n${section}\n\n${page.slice(end)}`;
}

/** The figures in Markdown. */
export function sectionOf(
  figures: Figures,
  targets: readonly Target[],
  charts: readonly Chart[],
): string {
  return [
    notesOf(figures)
      .map((note) => `- ${note}`)
      .join('\n'),
    ...charts.map(({ file, alt }) => `![${alt}](images/${file})`),
    markdownTable([COLUMNS, ...figures.figures.map(cellsOf)]),
    markdownTable([
      ['target', 'aim', 'this run', ''],
      ...targets.map(({ name, aim, figure, met }) => [name, aim, figure, met ? 'met' : 'not met']),
    ]),
  ].join('\n\n');
}
