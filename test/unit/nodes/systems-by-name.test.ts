import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systems } from '@careerhooks/systems';

const ROOT = join(__dirname, '../../..');
const { nameSystems } = jest.requireActual<{ nameSystems: (codex: string) => string }>(
  '../../../nodes/name-systems.cjs',
);

/** The source of nodes and credentials, file by file. */
const sources = ['nodes', 'credentials'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|json)$/.test(name))
    .map((name) => join(folder, name)),
);

/** What people read: the text of a file without its comments. */
const shownIn = (file: string) =>
  readFileSync(join(ROOT, file), 'utf8').replaceAll(/\/\*.*?\*\/|^\s*\/\/.*?$/gms, '');

test('no text of the nodes knows a system by name: what is said of systems comes from the API', () => {
  expect(sources.length).toBeGreaterThan(50);
  for (const { name } of systems.values()) {
    expect([name, sources.filter((file) => shownIn(file).includes(name))]).toEqual([name, []]);
  }
});

test.each(sources.filter((file) => file.endsWith('.node.json')))(
  "n8n's search finds %s by the name of each system",
  (file) => {
    const source = readFileSync(join(ROOT, file), 'utf8');
    const { alias } = JSON.parse(nameSystems(source)) as { alias: string[] };
    for (const { name } of systems.values()) expect(alias).toContain(name);
    expect(alias).toEqual(expect.arrayContaining(['resume', 'webhook']));
  },
);
