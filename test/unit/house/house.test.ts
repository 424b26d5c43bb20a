import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const { workspaces, scripts } = JSON.parse(read('package.json')) as {
  workspaces: string[];
  scripts: Record<string, string>;
};

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

/** What git keeps there. */
function foldersIn(place: string): string[] {
  const ignored = read('.gitignore').split('\n');
  const entries = readdirSync(join(ROOT, place), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .filter((name) => !ignored.includes(`${name}/`));
}

/** Of what is written in a workspace, in src/ and beside it. */
function programsIn(folder: string): string[] {
  return foldersIn(folder)
    .flatMap((name) =>
      readdirSync(join(ROOT, folder, name), { withFileTypes: true, recursive: true }),
    )
    .concat(readdirSync(join(ROOT, folder), { withFileTypes: true }))
    .filter((entry) => entry.isFile() && /[.][cm]?[jt]sx?$/.test(entry.name))
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
}

it('lint looks at the arrows', () => {
  expect(scripts['lint']!.split(' && ')).toContain('depcruise .');
});

/** Where `*` stands for all folders that are not named, none can lack its floor. */
it.each(Object.keys(FLOORS).filter((place) => !roomsOf(place).includes('*')))(
  "each folder of '%s' has its floor",
  (place) => {
    expect(roomsOf(place)).toEqual(expect.arrayContaining(foldersIn(place)));
  },
);

it.each(Object.keys(FLOORS))("each room of '%s' is there", (place) => {
  const gone = roomsOf(place).filter(
    (room) => room !== '*' && !['', '.ts'].some((end) => existsSync(join(ROOT, place, room + end))),
  );
  expect(gone).toEqual([]);
});

describe.each(workspaces)('%s', (workspace) => {
  it('names the workspaces that it imports, and no others', () => {
    const imported = programsIn(workspace).flatMap((text) =>
      [...text.matchAll(/['"`]@careerhooks\/([\w-]+)/g)].map(([, name]) => name!),
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
