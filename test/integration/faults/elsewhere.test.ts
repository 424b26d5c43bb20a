import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealer, generateMasterKey, openStore } from '@careerhooks/store';
import { createDatabase } from '../../support/databases';
import { PROGRAM, startProcess } from '../../support/process';

const COMMANDS = [
  ['keys', 'create', '--system', 'roleready'],
  ['keys', 'invite', '--system', 'roleready'],
  ['keys', 'list'],
  ['keys', 'revoke', 'key_none'],
  ['reseal'],
  ['backup', 'copy.db'],
  ['restore', 'package.json'],
  ['listen', 'roleready'],
];

/** EX_CONFIG: a setting has to be changed. */
const SETTINGS = 78;

let folder: string;

beforeEach(async () => {
  // As the folder of the program is, where no data folder is named.
  folder = await mkdtemp(join(tmpdir(), 'careerhooks-elsewhere-'));
  await writeFile(join(folder, 'package.json'), '{}');
});

afterEach(() => rm(folder, { recursive: true }));

async function run(
  args: string[],
  settings: Record<string, string> = {},
): Promise<[number | null, string]> {
  const command = startProcess(process.execPath, [PROGRAM, ...args], settings, { cwd: folder });
  const { code } = await command.exited;
  return [code, command.output()];
}

it.each(COMMANDS)(
  '%s makes nothing where no CareerHooks is, and says where it looked',
  async (...args) => {
    const advice = /There is no .* at (\S+)\. .*CAREERHOOKS_DATA_DIR/;
    for (const named of [undefined, join(folder, 'typo')]) {
      const place = named ?? join(folder, 'data');
      const [code, said] = await run(
        args,
        named === undefined ? {} : { CAREERHOOKS_DATA_DIR: named },
      );
      expect([code, advice.exec(said)?.[1]]).toEqual([SETTINGS, expect.stringContaining(place)]);
    }
    expect(await readdir(folder)).toEqual(['package.json']);
  },
);

it.each(COMMANDS)('%s makes nothing in a folder that has no database', async (...args) => {
  await mkdir(join(folder, 'data'));
  const [code, said] = await run(args);
  expect([code, said]).toEqual([SETTINGS, expect.stringContaining(join(folder, 'data'))]);
  expect(await readdir(join(folder, 'data'))).toEqual([]);
});

it('a command without the master key makes none, though the database is there', async () => {
  const settings = { CAREERHOOKS_DATA_DIR: folder };
  const sealer = createSealer([generateMasterKey()]);
  await (await openStore({ file: join(folder, 'careerhooks.db'), sealer })).close();
  const [code, said] = await run(['keys', 'list'], settings);
  expect([code, said]).toEqual([SETTINGS, expect.stringContaining(join(folder, 'master-key'))]);
  expect(existsSync(join(folder, 'master-key'))).toBe(false);
});

it('a command leaves a PostgreSQL database without our tables as it is', async () => {
  const database = await createDatabase('postgres');
  const { databaseUrl } = database.location as { databaseUrl: string };
  const settings = { DATABASE_URL: databaseUrl, CAREERHOOKS_MASTER_KEY: generateMasterKey() };
  for (const args of [['keys', 'list'], ['reseal']]) {
    const [code, said] = await run(args, settings);
    expect([code, said]).toEqual([SETTINGS, expect.stringMatching(/no tables.*Start a server/)]);
  }
  expect(await run(['keys', 'list'], { ...settings, CAREERHOOKS_MASTER_KEY: '' })).toEqual([
    SETTINGS,
    expect.stringContaining('master key is missing'),
  ]);
  // Had a command made the schema, this key would not open it.
  await (await database.open()).close();
  expect(await readdir(folder)).toEqual(['package.json']);
  await database.drop();
});
