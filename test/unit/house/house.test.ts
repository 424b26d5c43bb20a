import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] };

const FLOORS = JSON.parse(read('floors.json')) as Record<string, string[][]>;

/** What a workspace's package.json says that it uses: other workspaces first, in their order from below. */
function used(workspace: string): { workspaces: string[]; packages: string[] } {
  const { dependencies = {} } = JSON.parse(read(`${workspace}/package.json`)) as {
    dependencies?: Record<string, string>;
  };
  const names = Object.keys(dependencies);
  return {
    workspaces: roomsOf('').filter((room) => names.includes(`@careerhooks/${room}`)),
    packages: names.filter((name) => !name.startsWith('@careerhooks/')),
  };
}

/** The folders, or files, that floors.json names there, from below. */
function roomsOf(place: string): string[] {
  return FLOORS[place]!.flat().flatMap((room) => room.split('|'));
}

function foldersIn(place: string): string[] {
  const entries = readdirSync(join(ROOT, place), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function textsIn(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
}

/** Where `*` stands for all folders that are not named, none can lack its floor. */
it.each(Object.keys(FLOORS).filter((place) => place !== '' && !roomsOf(place).includes('*')))(
  'each folder of %s has its floor',
  (place) => {
    expect(roomsOf(place)).toEqual(expect.arrayContaining(foldersIn(place)));
  },
);

it('each workspace has its floor', () => {
  expect(roomsOf('')).toEqual(expect.arrayContaining(workspaces));
});

describe.each(workspaces)('%s', (workspace) => {
  it('names the workspaces that it imports, and no others', () => {
    const imported = textsIn(`${workspace}/src`).flatMap((text) =>
      [...text.matchAll(/(?:from|import\() ?'@careerhooks\/([\w-]+)/g)].map(([, name]) => name!),
    );
    expect(new Set(used(workspace).workspaces)).toEqual(new Set(imported));
  });

  it('is compiled after those', () => {
    const { references } = JSON.parse(read(`${workspace}/tsconfig.json`)) as {
      references: { path: string }[];
    };
    const others = references.map(({ path }) => path).filter((path) => path.startsWith('../'));
    expect(others.sort()).toEqual(
      used(workspace)
        .workspaces.map((name) => `../${name}`)
        .sort(),
    );
  });
});

describe("CONTRIBUTING's table", () => {
  const rows = read('CONTRIBUTING.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, folders, , uses]) => ({
      folders: [...folders!.matchAll(/`([\w-]+)\/`/g)].map(([, name]) => name!),
      uses: uses!,
    }));

  it('has all workspaces, from below', () => {
    const named = rows
      .flatMap(({ folders }) => folders)
      .filter((name) => workspaces.includes(name));
    expect(named).toEqual(roomsOf('').filter((name) => workspaces.includes(name)));
  });

  it('names folders that are there', () => {
    for (const name of rows.flatMap(({ folders }) => folders)) {
      expect({ name, exists: existsSync(join(ROOT, name)) }).toEqual({ name, exists: true });
    }
  });

  it.each(workspaces)('says of %s what package.json says', (workspace) => {
    const { workspaces: others, packages } = used(workspace);
    const row = rows.find(({ folders }) => folders.includes(workspace));
    expect(row?.uses).toBe(
      [...others.map((name) => `\`${name}/\``), ...packages].join(', ') || 'nothing',
    );
  });
});
