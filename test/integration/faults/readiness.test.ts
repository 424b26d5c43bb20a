import { Client } from 'pg';
import { startBareServer } from '../../support/bare-server';
import { controlPostgres, createDatabase, type TestDatabase } from '../../support/databases';
import { lineToDatabase } from '../../support/line';
import type { CareerHooksProcess } from '../../support/process';
import { register } from '../../support/publishing';
import { expectTrue, type Fault, measureReadiness } from './measure-readiness';

let database: TestDatabase;
let databaseUrl: string;
let line: Awaited<ReturnType<typeof lineToDatabase>>;
let server: CareerHooksProcess;

/** Has an administrator of the database do this. */
async function administer(...statements: string[]): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl });
  // Stopping the server ends it.
  client.on('error', () => undefined);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  return client;
}

async function configure(setting: string): Promise<void> {
  await (await administer(`alter system ${setting}`, 'select pg_reload_conf()')).end();
}

let locker: Client | undefined;

async function lock(table: string): Promise<void> {
  locker = await administer('begin', `lock table ${table} in access exclusive mode`);
}

const unlock = async (): Promise<void> => locker?.end();

const FAULTS: Fault[] = [
  {
    name: 'waits for a synchronous standby that is dead',
    begin: () => configure("set synchronous_standby_names = 'nobody'"),
    end: () => configure('reset synchronous_standby_names'),
  },
  { name: 'has its events locked', begin: () => lock('events'), end: unlock },
  { name: 'has its deliveries locked', begin: () => lock('deliveries'), end: unlock },
  {
    name: 'is read-only, as a standby is',
    begin: () => configure('set default_transaction_read_only = on'),
    end: () => configure('reset default_transaction_read_only'),
  },
  {
    name: 'is silent',
    begin: () => Promise.resolve().then(() => line.silence(true)),
    end: () => Promise.resolve().then(() => line.silence(false)),
  },
  {
    name: 'is stopped',
    begin: () => controlPostgres('stop'),
    end: () => controlPostgres('start'),
  },
];

const CASES = FAULTS.flatMap((fault) => [
  { ...fault, traffic: 'while events are published', clients: 4 },
  { ...fault, traffic: 'while nothing is published', clients: 0 },
]);

describe('/readyz of a server, where PostgreSQL', () => {
  beforeAll(async () => {
    database = await createDatabase('postgres');
    ({ databaseUrl } = database.location as { databaseUrl: string });
    line = await lineToDatabase(databaseUrl);
    server = await startBareServer(line.url);
    // Nobody makes deliveries here: they are written, as an accept does.
    await register(server.call, 'http://127.0.0.1:9/');
  });

  afterAll(async () => {
    await server.end('SIGTERM');
    line.close();
    await database.drop();
  });

  it.each(CASES)('$name, $traffic', async ({ clients, ...fault }) => {
    expectTrue(await measureReadiness(server, fault, clients));
  });

  it('has told the log of each change once, however often it was asked', () => {
    const said = (pattern: RegExp): number => server.output().match(pattern)?.length ?? 0;
    expect(said(/"msg":"ready: /g)).toBe(CASES.length);
    const outages = said(/"msg":"not ready: /g);
    expect(outages).toBeGreaterThanOrEqual(CASES.length);
    // That it hangs, and then why.
    expect(outages).toBeLessThanOrEqual(2 * CASES.length);
  });

  it('has left nothing of its probes behind', async () => {
    const client = await administer();
    const { rows } = await client.query<{ probes: string }>(
      `select count(*) as probes from events where system = 'readiness.probe'`,
    );
    await client.end();
    expect(Number(rows[0]?.probes)).toBe(0);
  });
});
