import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  instanceSettings,
  ROOT,
  runCareerHooks,
  startCareerHooksProcess,
  type TestProcess,
} from '../../support/process';

interface Line {
  level: number;
  time: number;
  msg: string;
  [fact: string]: unknown;
}

const FATAL = 60;

let folder: string;
let settings: Record<string, string>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careerhooks-log-'));
  settings = {
    ...(await instanceSettings(join(folder, 'data'))),
    NODE_ENV: 'production',
    LOG_LEVEL: 'info',
  };
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Everything that it wrote, to standard output and standard error; fails where a line is not one of the log. */
function linesOf(process: TestProcess): Line[] {
  const lines = process
    .output()
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  for (const line of lines) {
    expect(line).toMatchObject({
      level: expect.any(Number) as number,
      time: expect.any(Number) as number,
      msg: expect.any(String) as string,
    });
  }
  return lines;
}

/** Runs a start that fails; gives its one line. */
async function failure(bad: Record<string, string>, exitCode: number): Promise<Line> {
  const child = runCareerHooks(['start'], { ...settings, ...bad });
  expect(await child.exited).toEqual({ code: exitCode, signal: null });
  const fatal = linesOf(child).filter(({ level }) => level >= FATAL);
  expect(fatal).toHaveLength(1);
  return fatal[0]!;
}

it('a run is lines of JSON from its first to its last, without a secret', async () => {
  const secrets = {
    CAREERHOOKS_MASTER_KEY: randomBytes(32).toString('base64'),
    CV_WEBHOOK_SECRET: randomBytes(32).toString('hex'),
    SMTP_URL: 'smtp://mailer:hunter22@mail.example.com',
  };
  const careerHooks = await startCareerHooksProcess({ ...settings, ...secrets });
  await careerHooks.connected();
  await careerHooks.says('"msg":"ready"');
  expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });
  const lines = linesOf(careerHooks);
  expect(lines.find(({ msg }) => msg === 'ready')).toMatchObject({
    level: 30,
    url: careerHooks.url,
    docs: `${careerHooks.url}/docs`,
    connect: `${careerHooks.url}/connect`,
    temporal: 'ok',
    temporalUi: `http://127.0.0.1:${settings.CAREERHOOKS_TEMPORAL_UI_PORT}`,
    adminToken: join(folder, 'data/admin-token'),
    endpoints: 'https and public addresses only',
    startupMs: expect.any(Number) as number,
  });
  expect(lines.find(({ msg }) => msg.startsWith('Stopping'))).toMatchObject({ signal: 'SIGTERM' });
  expect(lines.at(-1)).toMatchObject({ level: 30, msg: 'Stopped.' });
  const made = (await readFile(join(folder, 'data/admin-token'), 'utf8')).trim();
  for (const secret of [...Object.values(secrets), 'hunter22', made]) {
    expect(careerHooks.output()).not.toContain(secret);
  }
});

it('a start that cannot be says why in its one fatal line', async () => {
  const bad = {
    PORT: 'http',
    DATABASE_URL: 'mysql://me:hunter22@localhost/careerhooks',
    CAREERHOOKS_ADMIN_TOKEN: 'hunter23',
  };
  const { msg, ...others } = await failure(bad, 78);
  for (const name of Object.keys(bad)) expect(msg).toContain(`  ${name}: `);
  expect(JSON.stringify([msg, others])).not.toMatch(/hunter2/);
});

it('a data folder that cannot be made is named', async () => {
  const file = join(folder, 'a-file');
  await writeFile(file, '');
  const line = await failure({ CAREERHOOKS_DATA_DIR: join(file, 'data') }, 1);
  expect(line).toMatchObject({
    code: 'ENOTDIR',
    path: expect.stringContaining(file) as string,
    msg: expect.stringContaining(file) as string,
  });
});

it('a port that is taken is named, and may be free at the next start', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(Number(settings.PORT), '127.0.0.1', resolve));
  try {
    const { msg } = await failure({}, 1);
    expect(msg).toContain(`Port ${settings.PORT} is taken`);
  } finally {
    other.close();
  }
});

it('what Node.js has to say is, too', async () => {
  const careerHooks = await startCareerHooksProcess({
    ...settings,
    NODE_OPTIONS: `--require ${join(ROOT, 'test/support/misbehave.cjs')}`,
  });
  await careerHooks.connected();
  process.kill(careerHooks.pid, 'SIGUSR2');
  expect(await careerHooks.exited).toEqual({ code: 1, signal: null });
  const lines = linesOf(careerHooks);
  expect(lines.find(({ msg }) => msg === 'this is a warning of Node.js')).toMatchObject({
    level: 40,
    err: { code: 'TEST_WARNING' },
  });
  expect(lines.find(({ level }) => level === FATAL)).toMatchObject({
    origin: 'unhandledRejection',
    err: { message: 'nobody caught this' },
  });
});

it('a worker and a server say it likewise where they lack a setting', async () => {
  for (const command of ['server', 'worker']) {
    const child = runCareerHooks([command], settings);
    expect(await child.exited).toEqual({ code: 78, signal: null });
    expect(linesOf(child)).toEqual([
      expect.objectContaining({ level: FATAL, msg: expect.stringContaining('DATABASE_URL') }),
    ]);
  }
});
