import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { parse, stringify } from 'yaml';
import { describeWith } from '../interop/support/describe-with';
import { findProgram } from '../interop/support/programs';
import { startBareServer } from '../support/bare-server';
import { createDatabase, type TestDatabase } from '../support/databases';
import { type CareerHooksProcess, ROOT, startProcess, type TestProcess } from '../support/process';
import { freePorts } from '../support/temporal';
import { waitUntil } from '../support/wait-until';

const ALERTS = join(ROOT, 'deploy/alerts.yaml');

interface Rules {
  groups: { name: string; rules: { alert: string; for: string }[] }[];
}

interface Alert {
  labels: { alertname: string; instance?: string };
  state: 'pending' | 'firing';
}

describeWith(['prometheus', 'promtool'], 'deploy/alerts.yaml', () => {
  let folder: string;
  let database: TestDatabase;
  let databaseUrl: string;
  let server: CareerHooksProcess;
  let prometheus: TestProcess;
  let prometheusUrl: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'careerhooks-prometheus-'));
    database = await createDatabase('postgres');
    ({ databaseUrl } = database.location as { databaseUrl: string });
    server = await startBareServer(databaseUrl);
    const [port] = await freePorts(1);
    prometheusUrl = `http://127.0.0.1:${port}`;
    await configure();
    prometheus = startProcess(
      findProgram('prometheus') ?? '',
      [
        `--config.file=${join(folder, 'prometheus.yaml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      {},
    );
    await prometheus.says('Server is ready');
  });

  afterAll(async () => {
    await prometheus.end('SIGTERM');
    await server.end('SIGTERM');
    await database.drop();
    await rm(folder, { recursive: true });
  });

  /** As docs/production.md has it, but that seconds stand for minutes. */
  async function configure(): Promise<void> {
    const rules = parse(await readFile(ALERTS, 'utf8')) as Rules;
    for (const rule of rules.groups.flatMap((group) => group.rules)) {
      rule.for = rule.for.replace(/[mh]$/, 's');
    }
    await writeFile(join(folder, 'alerts.yaml'), stringify(rules));
    await writeFile(
      join(folder, 'prometheus.yaml'),
      stringify({
        global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
        rule_files: [join(folder, 'alerts.yaml')],
        scrape_configs: [
          {
            job_name: 'careerhooks-server',
            static_configs: [{ targets: [new URL(server.url).host] }],
          },
        ],
      }),
    );
  }

  async function query<Data>(path: string): Promise<Data> {
    const response = await fetch(`${prometheusUrl}/api/v1/${path}`);
    return ((await response.json()) as { data: Data }).data;
  }

  async function firing(): Promise<string[]> {
    const { alerts } = await query<{ alerts: Alert[] }>('alerts');
    return alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels.alertname);
  }

  const ready = async (): Promise<string | undefined> => {
    type Found = { result: { value: [number, string] }[] };
    const { result } = await query<Found>('query?query=careerhooks_ready');
    return result[0]?.value[1];
  };

  async function becomes(alerts: string[]): Promise<void> {
    await waitUntil(firing, (found) => found.join() === alerts.join(), 30_000);
  }

  it('is what Prometheus takes', () => {
    const promtool = findProgram('promtool') ?? '';
    execFileSync(promtool, ['check', 'rules', ALERTS]);
  });

  it('says what docs/production.md says of series that were made up', () => {
    const promtool = findProgram('promtool') ?? '';
    execFileSync(promtool, ['test', 'rules', join(__dirname, 'alerts.promtool.yaml')]);
  });

  it('has the first alert fire while events are locked, and end with the lock', async () => {
    await waitUntil(ready, (value) => value === '1');
    expect(await firing()).toEqual([]);
    const locker = new Client({ connectionString: databaseUrl });
    await locker.connect();
    await locker.query('begin');
    await locker.query('lock table events in access exclusive mode');
    await becomes(['CareerHooksAcceptsNothing']);
    // The database could still be read: it is what accepting would do that counts.
    expect(await ready()).toBe('0');
    await locker.end();
    await becomes([]);
    expect(await ready()).toBe('1');
  });

  it('has it fire for a server that does not run, too', async () => {
    await server.end('SIGKILL');
    await becomes(['CareerHooksAcceptsNothing']);
  });
});
