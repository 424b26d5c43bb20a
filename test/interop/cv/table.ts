import { writeFile } from 'node:fs/promises';

/** Who read which CV how. */
export interface Table {
  /** @param cv which CV, and in which design. */
  add(reader: string, cv: string, result: string): void;
  /** Writes it as Markdown to this path, where there is one: a row for each reader, a column for each CV. */
  write(path: string | undefined): Promise<void>;
}

export function createTable(): Table {
  const rows = new Map<string, Map<string, string>>();
  return {
    add(reader, cv, result) {
      rows.set(reader, new Map([...(rows.get(reader) ?? []), [cv, result]]));
    },
    async write(path) {
      if (path === undefined) return;
      const columns = [...new Set([...rows.values()].flatMap((row) => [...row.keys()]))];
      const lines = [
        ['read by', ...columns],
        ['---', ...columns.map(() => '---')],
        ...[...rows].map(([reader, row]) => [reader, ...columns.map((cv) => row.get(cv) ?? '')]),
      ];
      await writeFile(path, lines.map((cells) => `| ${cells.join(' | ')} |\n`).join(''));
    },
  };
}
