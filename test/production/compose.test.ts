import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systems } from '@careerhooks/systems';
import { readSettings, SETTING_NAMES } from '../../cli/src/settings';
import { requireShared } from '../../cli/src/start/require-shared';
import { describeWith } from '../interop/support/describe-with';
import { run } from '../interop/support/run';
import { ROOT } from '../support/process';

interface Service {
  command: string[] | null;
  environment?: Record<string, string>;
  logging?: { driver: string; options: Record<string, string> };
  ports?: { host_ip?: string; published: string; target: number }[];
  volumes?: unknown[];
}

interface Project {
  services: Record<string, Service>;
}

/** What Temporal's clients take beside TEMPORAL_ADDRESS. */
const TEMPORAL_SETTINGS = [
  'TEMPORAL_NAMESPACE',
  'TEMPORAL_API_KEY',
  'TEMPORAL_TLS',
  'TEMPORAL_TLS_SERVER_CA_CERT',
  'TEMPORAL_GRPC_META_TEAM',
];

/** What compose.yaml decides, since it is about the container. */
const DECIDED: readonly string[] = [
  ...['NODE_ENV', 'HOST', 'PORT', 'WORKER_PORT', 'CAREERHOOKS_DATA_DIR'],
];

/** What only the embedded Temporal has. */
const EMBEDDED = ['CAREERHOOKS_TEMPORAL_PORT', 'CAREERHOOKS_TEMPORAL_UI_PORT'];

/** What only one of the two has to do with; the other is not given it. */
const ALONE = {
  server: ['CAREERHOOKS_ADMIN_TOKEN', 'CV_WEBHOOK_SECRET'],
  worker: ['GITHUB_TOKEN', 'CV_NOTIFY_SLACK_URL', 'CV_NOTIFY_EMAIL', 'SMTP_URL'],
};

/** The least that an operator has to fill in. */
const NEEDED = {
  DATABASE_PASSWORD: 'a'.repeat(64),
  TEMPORAL_DATABASE_PASSWORD: 'b'.repeat(64),
  CAREERHOOKS_ADMIN_TOKEN: 'c'.repeat(64),
  CV_WEBHOOK_SECRET: 'd'.repeat(64),
  CAREERHOOKS_MASTER_KEY: `${'e'.repeat(43)}=`,
};

describeWith(['go'], 'deploy/compose.yaml, as Compose reads it', () => {
  let folder: string;
  let reader: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'careerhooks-compose-'));
    reader = join(folder, 'read-compose');
    await cp(join(ROOT, 'deploy/compose.yaml'), join(folder, 'compose.yaml'));
    await run('go', ['build', '-o', reader, '.'], { cwd: join(__dirname, 'compose') });
  }, 600_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function withEnv(lines: readonly string[]): Promise<Project> {
    await writeFile(join(folder, '.env'), `${lines.join('\n')}\n`);
    return JSON.parse(await run(reader, [join(folder, 'compose.yaml')])) as Project;
  }

  /** deploy/.env with `settings` over what is needed. */
  function withSettings(settings: Record<string, string> = {}): Promise<Project> {
    return withEnv(
      Object.entries({ ...NEEDED, ...settings }).map(([name, value]) => `${name}=${value}`),
    );
  }

  const environmentOf = ({ services }: Project, name: string): Record<string, string> =>
    services[name]?.environment ?? {};

  it.each([
    ['server-1', ALONE.worker],
    ['server-2', ALONE.worker],
    ['worker', ALONE.server],
  ])('takes each setting that there is from deploy/.env to %s', async (name, others) => {
    const settable = [...SETTING_NAMES, 'TEMPORAL_ADDRESS', ...TEMPORAL_SETTINGS].filter(
      (setting) => !DECIDED.includes(setting),
    );
    const project = await withSettings(
      Object.fromEntries(settable.map((setting) => [setting, `value-of-${setting}`])),
    );
    const environment = environmentOf(project, name);
    const missing = settable.filter((setting) => environment[setting] !== `value-of-${setting}`);
    expect(missing.sort()).toEqual([...others].sort());
    for (const setting of others) expect(environment[setting]).toBe('');
  });

  it.each(['server-1', 'server-2', 'worker'])(
    'gives %s what it starts with, where only the needed is filled in',
    async (name) => {
      const project = await withSettings();
      const [role] = project.services[name]!.command as ['server' | 'worker'];
      const settings = readSettings(environmentOf(project, name));
      expect(settings.production).toBe(true);
      expect(() => requireShared(settings, role)).not.toThrow();
      // No folder of its own, so that nothing is lost with a container.
      expect(settings.ownDataDir).toBe(false);
      expect(project.services[name]!.volumes).toBeUndefined();
    },
  );

  it('gives no process the passwords of the databases themselves', async () => {
    const project = await withSettings();
    for (const name of ['server-1', 'server-2', 'worker']) {
      expect(environmentOf(project, name)).toMatchObject({
        DATABASE_PASSWORD: '',
        TEMPORAL_DATABASE_PASSWORD: '',
      });
    }
  });

  it('decides what is about the container, whatever deploy/.env says', async () => {
    const project = await withSettings(
      Object.fromEntries(DECIDED.map((setting) => [setting, 'development'])),
    );
    expect(environmentOf(project, 'server-1')).toMatchObject({
      NODE_ENV: 'production',
      HOST: '0.0.0.0',
      PORT: '3400',
      CAREERHOOKS_DATA_DIR: '',
    });
  });

  it('keeps a value with a $ as it is, in single quotes', async () => {
    const project = await withSettings({ ROLEREADY_JWT_SECRET: "'a$b #c'" });
    expect(environmentOf(project, 'worker').ROLEREADY_JWT_SECRET).toBe('a$b #c');
  });

  it('runs without its own PostgreSQL and Temporal where others are named', async () => {
    const project = await withSettings({
      COMPOSE_PROFILES: '',
      DATABASE_URL: 'postgres://careerhooks:secret@db.example.com/careerhooks',
      TEMPORAL_ADDRESS: 'temporal.example.com:7233',
    });
    expect(Object.keys(project.services).sort()).toEqual(['server-1', 'server-2', 'worker']);
    expect(environmentOf(project, 'worker')).toMatchObject({
      DATABASE_URL: 'postgres://careerhooks:secret@db.example.com/careerhooks',
      TEMPORAL_ADDRESS: 'temporal.example.com:7233',
    });
  });

  it.each(Object.keys(NEEDED))('ends with a message where %s is not filled in', async (setting) => {
    await expect(withSettings({ [setting]: '' })).rejects.toThrow(setting);
  });

  it('takes deploy/env.example with what is needed, and it shows every setting', async () => {
    const example = (await readFile(join(ROOT, 'deploy/env.example'), 'utf8')).split('\n');
    const filled = example.map((line) => {
      const name = line.slice(0, -1) as keyof typeof NEEDED;
      return name in NEEDED ? `${name}=${NEEDED[name]}` : line;
    });
    const project = await withEnv(filled);
    expect(() => readSettings(environmentOf(project, 'server-1'))).not.toThrow();
    const shown = new Set(example.map((line) => /^([A-Z_]+)=/.exec(line)?.[1]));
    // Those of one system stand for those of the others.
    const likewise = new RegExp(`^(${[...systems.keys()].join('|')})_(JWT|JWKS)_`, 'i');
    const hidden = SETTING_NAMES.filter(
      (name) =>
        !shown.has(name) && ![...DECIDED, ...EMBEDDED].includes(name) && !likewise.test(name),
    );
    expect(hidden).toEqual([]);
  });

  it('publishes on this machine alone, and cuts every log', async () => {
    const { services } = await withSettings({ COMPOSE_PROFILES: 'database,temporal' });
    expect(Object.keys(services)).toHaveLength(7);
    for (const { ports = [], logging } of Object.values(services)) {
      for (const port of ports) expect(port.host_ip).toBe('127.0.0.1');
      expect(logging?.options).toMatchObject({ 'max-size': '10m' });
    }
    expect([services['server-1'], services['server-2']].map((s) => s?.ports?.[0])).toMatchObject([
      { published: '3400', target: 3400 },
      { published: '3401', target: 3400 },
    ]);
  });
});
