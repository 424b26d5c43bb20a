/**
 * A Markdown table as Prettier would write it, so that it need not be formatted
 * again; all columns but the first stand at the right.
 */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  const padded = cells.map((row) =>
    line(
      row.map((cell, column) => {
        const space = ' '.repeat((widths[column] ?? 0) - cell.length);
        return column === 0 ? cell + space : space + cell;
      }),
    ),
  );
  const [head = '', ...body] = padded;
  const rule = line(
    widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)),
  );
  return [head, rule, ...body].join('\n');
}
