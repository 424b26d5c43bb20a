import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateMasterKey } from '@careerhooks/store';
import { findTemporalCli, startDevServer } from '@careerhooks/temporal';
import { openConfiguredStore } from '../../../cli/src/open-store';
import { readSettings } from '../../../cli/src/settings';
import {
  type CareerHooksProcess,
  instanceSettings,
  runCareerHooks,
  startCareerHooksProcess,
} from '../../support/process';
import { startTestReceiver } from '../../support/receiver';
import { freePorts, silentLog } from '../../support/temporal';
import { publish, register, tell, waitForAll } from '../../support/publishing';

let folder: string;
let folders = 0;
let running: CareerHooksProcess;
let runningSettings: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careerhooks-refusals-'));
  runningSettings = await instanceSettings(newFolder());
  running = await startCareerHooksProcess(runningSettings);
  await running.connected();
});

function newFolder(): string {
  folders += 1;
  return join(folder, String(folders));
}

/** How it ends where a setting has to be changed: whatever runs it need not start it again. */
const SETTING = 78;

/** Starts what must not start; returns what it says. */
async function refusal(settings: Record<string, string>, exitCode = 1): Promise<string> {
  const child = runCareerHooks(['start'], settings);
  const { code } = await child.exited;
  const said = child.output();
  expect(said).not.toMatch(/^\s+at /m);
  expect(code).toBe(exitCode);
  return said;
}

it('names every bad setting', async () => {
  const bad = {
    PORT: 'http',
    DATABASE_URL: 'mysql://localhost/careerhooks',
    CAREERHOOKS_ADMIN_TOKEN: 'short',
  };
  const said = await refusal({ ...(await instanceSettings(newFolder())), ...bad }, SETTING);
  for (const name of ['PORT', 'DATABASE_URL', 'CAREERHOOKS_ADMIN_TOKEN']) {
    expect(said).toContain(`  ${name}: `);
  }
});

it.each(['"production"', 'prod', 'PRODUCTION'])(
  'ends at NODE_ENV=%s instead of running without its guard, and says so as in production',
  async (NODE_ENV) => {
    const said = await refusal({ ...(await instanceSettings(newFolder())), NODE_ENV }, SETTING);
    const { msg } = JSON.parse(said) as { msg: string };
    expect(msg).toMatch(/^These settings are wrong:\n {2}NODE_ENV: must be .+$/);
  },
);

it('names a bad setting of Temporal', async () => {
  const settings = await instanceSettings(newFolder());
  expect(await refusal({ ...settings, TEMPORAL_ADDRESS: 'not an address' }, SETTING)).toContain(
    'TEMPORAL_ADDRESS',
  );
});

it('refuses a second instance on the same folder', async () => {
  const ports = await instanceSettings(runningSettings.CAREERHOOKS_DATA_DIR ?? '');
  const message = /^The data folder .* is in use by another CareerHooks/;
  expect(await refusal(ports)).toMatch(message);
  // Also where the two would not meet at an embedded Temporal.
  expect(await refusal({ ...ports, TEMPORAL_ADDRESS: '127.0.0.1:1' })).toMatch(message);
});

it('refuses a taken port', async () => {
  const settings = await instanceSettings(newFolder());
  const { PORT, CAREERHOOKS_TEMPORAL_PORT } = runningSettings;
  expect(await refusal({ ...settings, PORT: PORT ?? '' })).toContain(`Port ${PORT} is taken`);
  const said = await refusal({
    ...settings,
    CAREERHOOKS_TEMPORAL_PORT: CAREERHOOKS_TEMPORAL_PORT ?? '',
  });
  expect(said).toContain('CAREERHOOKS_TEMPORAL_PORT');
});

it('refuses another master key than that of the database', async () => {
  const settings = await instanceSettings(newFolder());
  const one = { ...settings, CAREERHOOKS_MASTER_KEY: generateMasterKey() };
  const other = { ...settings, CAREERHOOKS_MASTER_KEY: generateMasterKey() };
  await (await openConfiguredStore(readSettings(one))).close();
  expect(await refusal(other, SETTING)).toContain('CAREERHOOKS_MASTER_KEY');
  expect(await refusal({ ...settings, CAREERHOOKS_MASTER_KEY: 'not a key' }, SETTING)).toContain(
    'master key is 32 bytes',
  );
});

it('names a database that cannot be used, and not its password', async () => {
  const settings = await instanceSettings(newFolder());
  const [port] = await freePorts(1);
  const address = `127.0.0.1:${port}/careerhooks`;
  const said = await refusal({ ...settings, DATABASE_URL: `postgres://me:hunter22@${address}` });
  expect(said).toContain(address);
  expect(said).toContain('DATABASE_URL');
  expect(said).toContain('ECONNREFUSED');
  expect(said).not.toContain('hunter22');
});

it('gives up on a database that accepts connections and says nothing', async () => {
  const settings = await instanceSettings(newFolder());
  const mute = createServer((socket) => void socket.on('error', () => undefined));
  const [port] = await freePorts(1);
  await new Promise<void>((resolve) => mute.listen(port, '127.0.0.1', resolve));
  try {
    const url = `postgres://me:hunter22@127.0.0.1:${port}/careerhooks`;
    expect(await refusal({ ...settings, DATABASE_URL: url })).toContain('DATABASE_URL');
  } finally {
    mute.close();
  }
});

it('names a SQLite file or a folder that cannot be used', async () => {
  const damaged: Record<string, string> = {
    ...(await instanceSettings(await mkdtemp(join(folder, 'damaged-')))),
    CAREERHOOKS_MASTER_KEY: generateMasterKey(),
  };
  const file = join(damaged.CAREERHOOKS_DATA_DIR ?? '', 'careerhooks.db');
  await writeFile(file, 'This is no database, but it is as long as the header of one. '.repeat(20));
  expect(await refusal(damaged)).toContain(file);

  const inTheWay = join(folder, 'a-file');
  await writeFile(inTheWay, '');
  expect(await refusal(await instanceSettings(join(inTheWay, 'data')))).toContain(inTheWay);
});

it('makes no master key beside a database, whose secrets it would not open', async () => {
  const settings = await instanceSettings(await mkdtemp(join(folder, 'keyless-')));
  const data = settings.CAREERHOOKS_DATA_DIR ?? '';
  await writeFile(join(data, 'careerhooks.db'), 'a database');
  expect(await refusal(settings, SETTING)).toContain('The master key is missing');
  expect(await readdir(data)).not.toContain('master-key');
});

it('accepts events before an external Temporal can be reached, and delivers then', async () => {
  const receiver = await startTestReceiver();
  const [port, uiPort] = (await freePorts(2)) as [number, number];
  const careerHooks = await startCareerHooksProcess({
    ...(await instanceSettings(newFolder())),
    TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
  });
  await register(careerHooks.call, receiver.url);
  const published = await publish(careerHooks.call, { prefix: 'early', count: 10, clients: 2 });
  expect(published.accepted).toHaveLength(10);
  await careerHooks.says('not reached yet: events are accepted and go out once it is');
  expect((await careerHooks.call('GET', '/readyz')).body).toMatchObject({
    status: 'ready',
    temporal: 'away',
  });

  const cli = await findTemporalCli({ env: process.env, report: () => undefined });
  const dataDir = newFolder();
  const temporal = await startDevServer({ cli, dataDir, port, uiPort, log: silentLog });
  await temporal.ready;
  const readyAt = Date.now();
  await waitForAll(receiver, published.accepted, 30_000);
  const [first] = receiver.requests;
  tell(`late external Temporal: first delivery ${(first?.at ?? 0) - readyAt} ms after it is up`);
  expect((first?.at ?? 0) - readyAt).toBeLessThan(10_000);
  expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });
  await temporal.stop(0);
  await receiver.stop();
});

it('ends the run that it did not disturb', async () => {
  expect((await running.call('GET', '/healthz')).status).toBe(200);
  expect(await running.end('SIGTERM')).toMatchObject({ code: 0 });
  await rm(folder, { recursive: true, force: true });
});
