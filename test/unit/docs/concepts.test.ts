import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = join(__dirname, '../../..');
const PAGE = readFileSync(join(ROOT, 'docs/concepts.md'), 'utf8');

interface Row {
  from: string[];
  to: string[];
  /** The file that writes the status, from the root. */
  file: string;
}

function section(title: string): string {
  const [, text = ''] = PAGE.split(`\n## ${title}\n`);
  return text.split('\n## ')[0] ?? '';
}

/** What one page says of the states of one thing. */
function read(title: string): { rows: Row[]; drawn: [from: string, to: string][] } {
  const text = section(title);
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => {
      const [, from = '', to = '', , file = ''] = line.split('|').map((cell) => cell.trim());
      const [, path = ''] = /\]\(\.\.\/(.*)\)/.exec(file) ?? [];
      return { from: words(from), to: words(to), file: path };
    });
  const drawn = [...text.matchAll(/^ {2}(\S+) --> (\S+) :/gm)].map(
    ([, from = '', to = '']): [string, string] => [from === '[*]' ? '(new)' : from, to],
  );
  return { rows, drawn };
}

function words(cell: string): string[] {
  return cell.split(', ').map((word) => word.replaceAll('`', ''));
}

/** The members of a union of texts, as the file that declares it has them. */
function declared(file: string, type: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const [, union = ''] = new RegExp(`export type ${type} =([^;]*);`).exec(text) ?? [];
  return [...union.matchAll(/'(\w+)'/g)].map(([, name]) => name!);
}

/** All files of what runs; migrations are what came before. */
function sources(folder = ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return ['node_modules', 'dist', 'test', 'bench', 'migrations', '.git'].includes(entry.name)
        ? []
        : sources(path);
    }
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

/** The updates of a table that a file has: what they set, and which rows. */
function updatesIn(path: string, table: string): { set: string; which: string }[] {
  const updates = new RegExp(
    `update ${table}\\s+set([^\`]*?)(?:(?:\\bwhere\\b|\\bfrom \\$)([^\`]*))?\``,
    'g',
  );
  const found = readFileSync(path, 'utf8').matchAll(updates);
  return [...found].map(([, set = '', which = '']) => ({ set, which }));
}

/** The files whose SQL inserts a row of this table, or sets its status, by name or with columns that are given. */
function writersOf(table: string): string[] {
  return sources()
    .filter((path) => {
      if (readFileSync(path, 'utf8').includes(`insert into ${table} `)) return true;
      return updatesIn(path, table).some(({ set }) => /(?:^|,)\s*status =|\$\{set\}/.test(set));
    })
    .map((path) => relative(ROOT, path))
    .sort();
}

/** The statuses that a file's updates set by name, and those of the rows that they take alone. */
function literalsIn(path: string, table: string): { to: string[]; from: string[][] } {
  const updates = updatesIn(path, table);
  const values = updates.map(
    ({ set }) => /(?:^|,)\s*status = ('\w+'|case [^]*?\bend\b)/.exec(set)?.[1] ?? '',
  );
  const taken = updates.flatMap(({ which }) => [
    ...which.matchAll(/(?:\band |^\s*)status (?:= ('\w+') and|in \(([^)$?]+)\))/g),
  ]);
  return {
    to: values.flatMap((value) => quoted(value.replaceAll(/\bwhen\b[^]*?\bthen\b/g, ''))),
    from: taken.map(([, one, several]) => quoted(one ?? several ?? '')),
  };
}

function quoted(sql: string): string[] {
  return [...sql.matchAll(/'(\w+)'/g)].map(([, name]) => name!);
}

const UNFINISHED = ['pending', 'held', 'retrying'];
const FINISHED = ['delivered', 'failed', 'expired', 'cancelled'];

test.each<{
  title: string;
  table: string;
  statuses: string[];
  groups: Record<string, string[]>;
}>([
  {
    title: 'The states of a delivery',
    table: 'deliveries',
    statuses: declared('store/src/deliveries/delivery.ts', 'DeliveryStatus'),
    groups: { unfinished: UNFINISHED, finished: FINISHED },
  },
  {
    title: 'The states of an endpoint',
    table: 'endpoints',
    statuses: declared('store/src/endpoints/endpoint.ts', 'EndpointStatus'),
    groups: {},
  },
])('$title: the page has each, and each file that writes one', ({ title, table, ...known }) => {
  const { rows, drawn } = read(title);
  const groups: Record<string, string[]> = { ...known.groups, any: known.statuses };
  const expand = (names: string[]) => names.flatMap((name) => groups[name] ?? [name]);
  expect(known.statuses.length).toBeGreaterThan(4);

  const reached = new Set(rows.flatMap(({ to }) => expand(to)));
  expect([...reached].sort()).toEqual([...known.statuses].sort());
  const left = new Set(rows.flatMap(({ from }) => expand(from)));
  expect([...left].filter((name) => name !== '(new)').sort()).toEqual([...known.statuses].sort());

  // The diagram has each status, and no way that is not in the table.
  expect([...new Set(drawn.flat())].sort()).toEqual(['(new)', ...known.statuses].sort());
  const ways = new Set(
    rows.flatMap(({ from, to }) =>
      expand(from).flatMap((one) => expand(to).map((other) => `${one} ${other}`)),
    ),
  );
  expect(drawn.map((way) => way.join(' ')).filter((way) => !ways.has(way))).toEqual([]);

  const files = [...new Set(rows.map(({ file }) => file))];
  expect(files.sort()).toEqual(writersOf(table));
  for (const file of files) {
    const own = rows.filter((row) => row.file === file);
    const { to, from } = literalsIn(join(ROOT, file), table);
    const said = new Set(own.flatMap((row) => expand(row.to)));
    if (to.length > 0) expect({ file, to: said }).toEqual({ file, to: new Set(to) });
    const left = own.flatMap((row) => expand(row.from));
    for (const taken of from) expect(taken).toEqual(expect.arrayContaining(left));
  }
});

test('what is unfinished and finished is each status of a delivery, once', () => {
  const statuses = declared('store/src/deliveries/delivery.ts', 'DeliveryStatus');
  expect([...UNFINISHED, ...FINISHED].sort()).toEqual(statuses.sort());
});

test('each word is told in two sentences', () => {
  const told = section('Words').trim().split('\n\n');
  const sentences = Object.fromEntries(
    told.map((paragraph) => {
      const [, word = '', text = ''] = /^\*\*(\w+)\.\*\*([^]*)$/.exec(paragraph) ?? [];
      return [word, text.trim().split(/(?<=\.)\s/).length];
    }),
  );
  expect(Object.keys(sentences).length).toBeGreaterThan(14);
  for (const [word, count] of Object.entries(sentences)) expect([word, count]).toEqual([word, 2]);
});
