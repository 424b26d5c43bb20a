import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Figures } from '../measure';
import { drawCharts } from './charts';
import { sectionOf, withFigures } from './section';
import type { Target } from './targets';

const DOCS = resolve(__dirname, '../../../docs');

/** Writes the figures between the markers of docs/performance.md, and their charts beside it. */
export function writeDocs(figures: Figures, targets: readonly Target[]): void {
  const charts = drawCharts(figures.figures);
  mkdirSync(join(DOCS, 'images'), { recursive: true });
  for (const { file, svg } of charts) writeFileSync(join(DOCS, 'images', file), svg);
  const page = join(DOCS, 'performance.md');
  writeFileSync(page, withFigures(readFileSync(page, 'utf8'), sectionOf(figures, targets, charts)));
}
