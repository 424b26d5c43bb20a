import { spawnSync } from 'node:child_process';
import { chmod, chown, cp, lstat, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealer, generateMasterKey, openStore } from '@careerhooks/store';
import { findTemporalCli } from '@careerhooks/temporal';
import {
  answeringInstance,
  type CareerHooksProcess,
  instanceSettings,
  PROGRAM,
  ROOT,
  runCareerHooks,
  startProcess,
} from '../../support/process';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';
import { event, register, SYSTEM, tell, waitForAll } from '../../support/publishing';

/** A user that the machine has no name and no home for. */
const OWNER = { uid: 54_321, gid: 54_321 };

/** Only root may run something as somebody else, who must then be able to read the program. */
const isPossible =
  process.getuid?.() === 0 &&
  spawnSync(process.execPath, [PROGRAM, '--help'], { cwd: '/', stdio: 'ignore', ...OWNER })
    .status === 0;
if (!isPossible) tell('skipped: needs root, and a checkout that others may read');
const whereRoot = isPossible ? it : it.skip;

let dataDir: string;
let backups: string;
let settings: Record<string, string>;
let receiver: TestReceiver;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-owned-'));
  backups = await mkdtemp(join(tmpdir(), 'careerhooks-backups-'));
  if (isPossible) await chown(dataDir, OWNER.uid, OWNER.gid);
  settings = { ...(await instanceSettings(dataDir)), HOME: '', XDG_CACHE_HOME: '' };
  receiver = await startTestReceiver();
});

afterEach(async () => {
  await receiver.stop();
  await rm(dataDir, { recursive: true, force: true });
  await rm(backups, { recursive: true, force: true });
});

/** Runs a command to its end, as root unless another is named. */
async function run(args: string[], as = {}): Promise<[code: number | null, said: string]> {
  const command = startProcess(process.execPath, [PROGRAM, ...args], settings, as);
  const { code } = await command.exited;
  return [code, command.output()];
}

/** As the service is started: by the folder's owner. */
async function start(): Promise<Pick<CareerHooksProcess, 'call' | 'end'>> {
  const child = startProcess(process.execPath, [PROGRAM, 'start'], settings, OWNER);
  const instance = await answeringInstance(child, settings, Date.now());
  await waitUntil(
    () => instance.call('GET', '/readyz'),
    ({ body }) => body.temporal === 'ok',
    60_000,
  );
  return { ...child, ...instance };
}

/** The Temporal CLI, where a start finds it that has no cache of its own. */
async function provideTemporal(): Promise<void> {
  const { path, version } = await findTemporalCli({ env: process.env, report: () => undefined });
  const folder = join(dataDir, 'cache', `temporal-${version}`);
  await mkdir(folder, { recursive: true });
  await cp(path, join(folder, 'temporal'));
  for (const made of [join(dataDir, 'cache'), folder, join(folder, 'temporal')]) {
    await chown(made, OWNER.uid, OWNER.gid);
  }
}

/** Who owns what is in the data folder, beside its owner. */
async function foreign(): Promise<string[]> {
  const names = await readdir(dataDir, { recursive: true });
  const found = await Promise.all(
    names.map(async (name) => ({ name, uid: (await lstat(join(dataDir, name))).uid })),
  );
  return found.filter(({ uid }) => uid !== OWNER.uid).map(({ name }) => name);
}

whereRoot(
  'runs as a user without a name, a home or a cache, and root works beside it without leaving a file of its own',
  async () => {
    await provideTemporal();
    const first = await start();
    await register(first.call, receiver.url);
    const [code, said] = await run(['keys', 'create', '--system', SYSTEM]);
    expect([code, said]).toEqual([0, expect.stringMatching(/^key_/)]);
    const [id = '', token = ''] = said.split('\n');
    expect((await first.call('GET', '/v1/me', undefined, { token })).status).toBe(200);
    expect((await run(['keys', 'revoke', id]))[0]).toBe(0);
    expect((await first.call('GET', '/v1/me', undefined, { token })).status).toBe(401);
    expect((await run(['reseal']))[0]).toBe(0);
    expect((await run(['backup', join(backups, 'running.db')]))[0]).toBe(0);
    expect(await foreign()).toEqual([]);
    expect(await first.end('SIGTERM')).toMatchObject({ code: 0 });

    // Now the files beside the database are made by whoever opens it.
    const stopped = join(backups, 'stopped.db');
    expect((await run(['backup', stopped]))[0]).toBe(0);
    expect((await run(['keys', 'create', '--system', SYSTEM]))[0]).toBe(0);
    expect(await foreign()).toEqual([]);
    // Which only root may read.
    expect(await stat(stopped)).toMatchObject({ uid: 0, mode: 0o100_600 });
    expect((await run(['restore', stopped]))[0]).toBe(0);
    expect(await foreign()).toEqual([]);
    expect(await readdir(dataDir)).not.toContain('careerhooks.db-wal');

    const root = runCareerHooks(['start'], { ...settings, HOME: process.env.HOME ?? '/root' });
    await answeringInstance(root, settings, Date.now());
    await root.says(/Endpoints/, 60_000);
    expect(await root.end('SIGTERM')).toMatchObject({ code: 0 });
    expect(await foreign()).toEqual([]);

    const second = await start();
    expect((await second.call('POST', '/v1/events', event('after'))).status).toBe(202);
    await waitForAll(receiver, ['after'], 30_000);
    expect(await second.end('SIGTERM')).toMatchObject({ code: 0 });
  },
  180_000,
);

describe('what this user cannot write', () => {
  async function snapshot(): Promise<string[]> {
    const names = await readdir(dataDir);
    const stats = await Promise.all(names.map((name) => stat(join(dataDir, name))));
    return names.map((name, at) => `${name} ${stats[at]?.size} ${stats[at]?.mtimeMs}`).sort();
  }

  async function provideDatabase(): Promise<void> {
    settings.CAREERHOOKS_MASTER_KEY = generateMasterKey();
    const sealer = createSealer([settings.CAREERHOOKS_MASTER_KEY]);
    await (await openStore({ file: join(dataDir, 'careerhooks.db'), sealer })).close();
    for (const name of await readdir(dataDir)) {
      await chown(join(dataDir, name), OWNER.uid, OWNER.gid);
    }
  }

  whereRoot.each([['start'], ['keys', 'list']])('ends %s at once, by its name', async (...args) => {
    await provideDatabase();
    const file = join(dataDir, 'careerhooks.db');
    await chown(file, 0, 0);
    await chmod(file, 0o644);
    const before = await snapshot();
    const [code, said] = await run(args, OWNER);
    expect(code).toBe(78);
    expect(said).toContain(`${file} belongs to root (uid 0), and uid ${OWNER.uid}`);
    expect(said).toContain(`sudo chown ${OWNER.uid}:${OWNER.gid} ${file}`);
    expect(said).not.toContain('readonly database');
    // Root would do the same to its owner.
    expect(await run(args)).toEqual([78, expect.stringContaining(`${file} belongs to root`)]);
    expect(await snapshot()).toEqual(before);
    await chown(file, OWNER.uid, OWNER.gid);
    expect((await run(['keys', 'list'], OWNER))[0]).toBe(0);
  });

  whereRoot('may be the folder, or a secret', async () => {
    await provideDatabase();
    const stranger = { uid: OWNER.uid + 1, gid: OWNER.gid + 1 };
    for (const args of [['start'], ['keys', 'list'], ['backup', join(backups, 'a.db')]]) {
      const [code, said] = await run(args, stranger);
      expect([code, said]).toEqual([78, expect.stringContaining(`belongs to uid ${OWNER.uid}`)]);
    }
    const secret = join(dataDir, 'admin-token');
    await cp(join(ROOT, 'package.json'), secret);
    await chmod(secret, 0o600);
    const [code, said] = await run(['start'], OWNER);
    expect([code, said]).toEqual([78, expect.stringContaining(`${secret} belongs to root`)]);
  });
});
