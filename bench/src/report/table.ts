import type { Figures } from '../measure';
import { cellsOf, COLUMNS } from './cells';
import type { Target } from './targets';

/** The figures for a person at a terminal; rates with their share of what is possible without an engine. */
export function formatTable(figures: Figures, targets: readonly Target[]): string {
  const rows = [[...COLUMNS], ...figures.figures.map(cellsOf)];
  const blocks = [align(rows).join('\n'), notesOf(figures).join('\n')];
  if (targets.length > 0) {
    const lines = targets.map(({ name, aim, figure, met }) => [
      name,
      aim,
      figure,
      met ? 'met' : 'NOT met',
    ]);
    blocks.splice(1, 0, align([['target', '', '', ''], ...lines]).join('\n'));
  }
  return blocks.join('\n\n');
}

/** What the figures depend on, a line each. */
export function notesOf({
  machine,
  settings,
  figures,
  measuredAt,
  tookSeconds,
}: Figures): string[] {
  const duplicates = figures.reduce((sum, figure) => sum + (figure.duplicates ?? 0), 0);
  return [
    `${machine.cores} × ${machine.cpu}, ${machine.memoryGiB} GiB, Node ${machine.node}, ${machine.platform}`,
    `${measuredAt.slice(0, 10)}: a synced write ${machine.syncMs.toFixed(1)} ms, load before ${machine.load.toFixed(1)}; ${settings.database}, Temporal ${settings.temporal}`,
    `${settings.events.toLocaleString('en')} events in each measurement, ${duplicates} received twice; the run took ${Math.round(tookSeconds / 60)} min`,
    'CPU and memory: our process + Temporal',
  ];
}

/** Pads cells to columns; all but the first are numbers, and stand at the right. */
function align(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('   ')
      .trimEnd(),
  );
}
