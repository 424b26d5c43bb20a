import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { event, eventIdOf, register, SYSTEM } from '../support/publishing';
import { describeWith } from '../interop/support/describe-with';
import {
  type CareerHooksProcess,
  runCareerHooks,
  startCareerHooksProcess,
  type TestProcess,
} from '../support/process';
import { startTestReceiver, type TestReceiver } from '../support/receiver';
import { freePorts, startTestTemporal } from '../support/temporal';
import { waitUntil } from '../support/wait-until';
import { LINES, runLine } from './support/dump';
import { ROLE, urlAt } from './support/ground';
import { queryNode } from './support/postgres-node';
import { type PostgresPair, startPostgresPair } from './support/postgres-pair';

describeWith(['pg_basebackup'], 'a PostgreSQL that is restored from a dump', () => {
  let pair: PostgresPair;
  let port: number;
  let folder: string;
  let receiver: TestReceiver;
  let temporal: Awaited<ReturnType<typeof startTestTemporal>>;
  let settings: Record<string, string>;
  let processes: TestProcess[] = [];

  const run = (line: string) => runLine(line, port, folder);

  beforeAll(async () => {
    pair = await startPostgresPair();
    ({ port } = pair.primary);
    await queryNode(port, `create role ${ROLE.user} login password '${ROLE.password}'`);
    await queryNode(port, `create database ${ROLE.user} owner ${ROLE.user}`);
    folder = await mkdtemp(join(tmpdir(), 'careerhooks-dump-'));
    receiver = await startTestReceiver();
    temporal = await startTestTemporal();
    settings = {
      DATABASE_URL: urlAt(port),
      TEMPORAL_ADDRESS: temporal.address,
      CAREERHOOKS_ADMIN_TOKEN: randomBytes(32).toString('hex'),
      CAREERHOOKS_MASTER_KEY: randomBytes(32).toString('base64'),
      CV_WEBHOOK_SECRET: randomBytes(32).toString('hex'),
      LOG_LEVEL: 'warn',
    };
  }, 120_000);

  afterAll(async () => {
    await Promise.all(processes.map((each) => each.end('SIGKILL')));
    await receiver.stop();
    await temporal.stop();
    pair.kill();
    await rm(folder, { recursive: true });
  });

  async function startServer(dataDir?: string): Promise<CareerHooksProcess> {
    const [own] = await freePorts(1);
    const server = await startCareerHooksProcess(
      {
        ...settings,
        PORT: String(own),
        ...(dataDir !== undefined && { CAREERHOOKS_DATA_DIR: dataDir }),
      },
      'server',
    );
    processes.push(server);
    return server;
  }

  async function startWorker(): Promise<void> {
    const [own] = await freePorts(1);
    const worker = runCareerHooks(['worker'], { ...settings, WORKER_PORT: String(own) });
    processes.push(worker);
    await waitUntil(
      () =>
        fetch(`http://127.0.0.1:${own}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      (ready) => ready,
      60_000,
    );
  }

  async function stopAll(): Promise<void> {
    await Promise.all(processes.map((each) => each.end('SIGTERM')));
    processes = [];
  }

  /** Answers 503 to these, with a wait that outlasts a restoration; 200 to all others. */
  function refuse(...ids: string[]): void {
    receiver.answer = (request) =>
      ids.includes(eventIdOf(request)) ? { status: 503, headers: { 'retry-after': '4' } } : {};
  }

  async function deliveryOf(server: CareerHooksProcess, id: string): Promise<string> {
    const { body } = await server.call('GET', `/v1/deliveries?event=${id}`);
    return (body.data as { id: string }[])[0]!.id;
  }

  function timesOf(id: string): string[] {
    const own = receiver.requests.filter((request) => eventIdOf(request) === id);
    return own.map(({ headers }) => String(headers['webhook-id']));
  }

  const came = (id: string, times: number) =>
    waitUntil(
      () => Promise.resolve(timesOf(id)),
      ({ length }) => length >= times,
      60_000,
    );

  it('goes on with what the dump has, and ends what it lacks', async () => {
    const dataDir = join(folder, 'data');
    const first = await startServer(dataDir);
    await startWorker();
    await register(first.call, receiver.url);
    refuse('unfinished');
    for (const id of ['done', 'unfinished']) await first.call('POST', '/v1/events', event(id));
    await came('done', 1);
    await waitUntil(
      () => first.call('GET', '/v1/deliveries?status=retrying'),
      ({ body }) => body.data.length === 1,
    );
    const key = (await first.call('POST', '/v1/keys', { system: SYSTEM, scopes: ['publish'] }))
      .body;
    expect(run(LINES.dump)).toEqual({ status: 0, said: '' });
    expect((await stat(join(folder, 'careerhooks.dump'))).mode & 0o777).toBe(0o600);
    expect(run(LINES.check)).toEqual({ status: 0, said: '' });

    // What comes after it.
    refuse('since_unfinished');
    const unfinished = await came('unfinished', 2);
    for (const id of ['since', 'since_unfinished'])
      await first.call('POST', '/v1/events', event(id));
    const since = await came('since', 1);
    await came('since_unfinished', 1);
    const unknown = await deliveryOf(first, 'since_unfinished');
    const endpoint = await register(first.call, `${receiver.url}/later`, { events: ['ats.*'] });
    await first.call('DELETE', `/v1/keys/${key.id}`);
    await stopAll();
    expect(run(LINES.restore)).toEqual({ status: 0, said: '' });
    refuse();
    receiver.requests.length = 0;

    const second = await startServer(dataDir);
    await startWorker();
    // By the journal.
    expect((await second.call('GET', `/v1/endpoints/${endpoint}`)).body.status).toBe('active');
    expect((await second.call('GET', '/v1/me', undefined, { token: key.token })).status).toBe(401);
    // The delivery that was finished since goes out again, as the same message.
    expect((await came('unfinished', 1))[0]).toBe(unfinished[0]);
    // The event is gone, with its id and its delivery's; published again, it is a new one.
    expect((await second.call('GET', '/v1/events/since')).status).toBe(404);
    expect((await second.call('POST', '/v1/events', event('since'))).body.duplicate).toBe(false);
    expect(since).not.toContain((await came('since', 1))[0]);
    expect((await second.call('POST', '/v1/events', event('done'))).body.duplicate).toBe(true);
    // Temporal has a workflow of a delivery that nobody knows.
    await expect(endOf(`delivery/${unknown}`)).resolves.toMatchObject({ status: 'gone' });
    await expect(openWorkflows()).resolves.toEqual([]);
    expect([...timesOf('done'), ...timesOf('since_unfinished')]).toEqual([]);
    expect([timesOf('since').length, timesOf('unfinished').length]).toEqual([1, 1]);
    await stopAll();
  }, 180_000);

  it('goes on, where nobody stopped the processes, and has lost what came just before', async () => {
    const server = await startServer();
    await startWorker();
    refuse('running');
    expect((await server.call('POST', '/v1/events', event('running'))).status).toBe(202);
    await came('running', 1);
    const unknown = await deliveryOf(server, 'running');
    expect(run(LINES.restore)).toEqual({ status: 0, said: '' });
    refuse();
    expect((await server.call('GET', '/v1/events/running')).status).toBe(404);
    await waitUntil(
      () => server.call('POST', '/v1/events', event('afterwards')),
      ({ status }) => status === 202,
    );
    await came('afterwards', 1);
    await expect(endOf(`delivery/${unknown}`)).resolves.toMatchObject({ status: 'gone' });
    expect(timesOf('running')).toHaveLength(1);
    await stopAll();
  }, 120_000);

  it('of a dump that is cut off, or empty, it gets nothing, and the check says so', async () => {
    const whole = await readFile(join(folder, 'careerhooks.dump'));
    const before = await queryNode(port, 'select count(*) from events', [], ROLE.user);
    for (const length of [0, 1_000, whole.length - 5_000, whole.length - 1]) {
      await writeFile(join(folder, 'careerhooks.dump'), whole.subarray(0, length));
      expect(run(LINES.check)).toMatchObject({ status: 1 });
      expect(run(LINES.restore)).toMatchObject({ status: 1 });
    }
    expect(await queryNode(port, 'select count(*) from events', [], ROLE.user)).toEqual(before);
  }, 60_000);

  async function endOf(workflowId: string): Promise<unknown> {
    return withClient((client) => client.workflow.getHandle(workflowId).result());
  }

  async function openWorkflows(): Promise<string[]> {
    return withClient((client) =>
      waitUntil(
        async () => {
          const ids: string[] = [];
          const open = client.workflow.list({ query: "ExecutionStatus = 'Running'" });
          for await (const { workflowId } of open) {
            if (workflowId.startsWith('delivery/')) ids.push(workflowId);
          }
          return ids;
        },
        ({ length }) => length === 0,
        60_000,
      ),
    );
  }

  async function withClient<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
    const connection = await Connection.connect({ address: temporal.address });
    try {
      return await work(new Client({ connection }));
    } finally {
      await connection.close();
    }
  }
});
