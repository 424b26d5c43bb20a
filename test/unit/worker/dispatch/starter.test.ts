import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Client,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/client';
import type { StartedDelivery } from '../../../../worker/src/dispatch/start-workflow';
import { createStarter } from '../../../../worker/src/dispatch/starter';
import type { Presence } from '../../../../worker/src/presence';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn() }));

const delivery: StartedDelivery = {
  id: '0192f0c1-0000-7000-8000-000000000001',
  system: 'roleready',
  type: 'resume.parsed',
  endpointId: 'ep_1',
  url: 'https://example.com/hooks',
  attempts: 0,
  nextAttemptAt: 0,
  expiresAt: 86_400_000,
};

const started = () => Promise.resolve({});
const away = () => Promise.reject(new Error('Temporal is away'));
const alreadyRuns = () =>
  Promise.reject(new WorkflowExecutionAlreadyStartedError('It runs.', 'delivery/1', 'delivery'));

/** Temporal's answer, by gRPC's number for it. */
function answers(code: number): () => Promise<never> {
  const cause = Object.assign(new Error('gRPC'), { code, details: '', metadata: {} });
  return () => Promise.reject(new ServiceError('It does not start.', { cause }));
}
const INVALID_ARGUMENT = 3;
const UNAVAILABLE = 14;

/** A starter, and a Temporal that does `does` with each start in turn, the last one again and again. */
function starterOn(...does: (() => Promise<unknown>)[]) {
  const asked: { type: string; id: string }[] = [];
  const refusals: number[] = [];
  const start = (type: string, { workflowId }: { workflowId: string }) => {
    asked.push({ type, id: workflowId });
    return (does[asked.length - 1] ?? does.at(-1)!)();
  };
  const client = { workflow: { start, signalWithStart: start } } as unknown as Client;
  let there = true;
  const presence = {
    isThere: () => there,
    ask: (_: number, work: (client: Client) => Promise<unknown>) => work(client),
  } as unknown as Presence;
  const starter = createStarter({ presence, onRefusal: () => refusals.push(asked.length) });
  return {
    starter,
    asked,
    refusals,
    connect: () => starter.connect({ client, searchAttributes: false }),
    lose: () => (there = false),
  };
}

/** What it waited for between two tries: how long, and how to end it. */
const rests: { ms: number | undefined; end: () => void }[] = [];

beforeEach(() => {
  rests.length = 0;
  jest.mocked(sleep).mockImplementation(
    (ms, value, { signal } = {}) =>
      new Promise((resolve, reject) => {
        rests.push({ ms, end: () => resolve(value) });
        signal?.addEventListener('abort', () => reject(new Error('aborted')));
      }),
  );
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('before it knows a Temporal it starts nothing, and says so', async () => {
  const { starter, asked, refusals } = starterOn(started);
  expect(starter.isConnected()).toBe(false);
  expect(await starter.startDelivery(delivery)).toBeUndefined();
  await expect(starter.verify('ep_1')).resolves.toBeUndefined();
  expect([asked, refusals]).toEqual([[], []]);
});

test('is connected to the Temporal that it was given, while that is there', () => {
  const { starter, connect, lose } = starterOn(started);
  connect();
  expect(starter.isConnected()).toBe(true);
  lose();
  expect(starter.isConnected()).toBe(false);
});

test('starts one workflow for a delivery, a burst and a verification, by their names', async () => {
  const { starter, asked, connect } = starterOn(started);
  connect();
  expect(await starter.startDelivery(delivery)).toBe('started');
  expect(await starter.startBurst('b1')).toBe(true);
  await starter.verify('ep_1');
  expect(asked).toEqual([
    { type: 'delivery', id: `delivery/${delivery.id}` },
    { type: 'burst', id: 'burst/b1' },
    { type: 'verification', id: 'verification/ep_1' },
  ]);
});

test('one that runs already is as good as started', async () => {
  const { starter, connect, refusals } = starterOn(alreadyRuns);
  connect();
  expect(await starter.startDelivery(delivery)).toBe('running');
  expect(await starter.startBurst('b1')).toBe(true);
  expect(refusals).toEqual([]);
});

test.each([
  ['Temporal is away', away],
  ['Temporal answers that it has no time', answers(UNAVAILABLE)],
  ['Temporal refuses the start', answers(INVALID_ARGUMENT)],
])('nothing throws where %s', async (_, does) => {
  const { starter, asked, connect } = starterOn(does);
  connect();
  expect(await starter.startDelivery(delivery)).toBeUndefined();
  await expect(starter.verify('ep_1')).resolves.toBeUndefined();
  expect(asked).toHaveLength(2);
});

test('a refusal is told, each time: its store may be another; that it is away is not', async () => {
  const { starter, refusals, connect } = starterOn(
    away,
    answers(UNAVAILABLE),
    answers(INVALID_ARGUMENT),
    started,
    answers(INVALID_ARGUMENT),
  );
  connect();
  for (let start = 0; start < 5; start += 1) await starter.startDelivery(delivery);
  expect(refusals).toEqual([3, 5]);
});

test('a burst is tried once a second until it starts', async () => {
  const { starter, asked, refusals, connect } = starterOn(
    away,
    answers(INVALID_ARGUMENT),
    away,
    started,
  );
  connect();
  const starting = starter.startBurst('b1');
  for (const tries of [1, 2, 3]) {
    await turn();
    expect([asked.length, rests.length]).toEqual([tries, tries]);
    rests.at(-1)!.end();
  }
  expect(await starting).toBe(true);
  expect(asked).toHaveLength(4);
  expect(rests.map(({ ms }) => ms)).toEqual([1_000, 1_000, 1_000]);
  expect(refusals).toEqual([2]);
});

test('a burst that waits for a Temporal starts on the one that comes', async () => {
  const { starter, asked, connect } = starterOn(started);
  const starting = starter.startBurst('b1');
  await turn();
  expect(asked).toEqual([]);
  connect();
  rests[0]!.end();
  expect(await starting).toBe(true);
});

test('a process that stops gives a burst up at once, and begins none', async () => {
  const { starter, asked, connect } = starterOn(away);
  connect();
  const starting = starter.startBurst('b1');
  await turn();
  starter.stop();
  expect(await starting).toBe(false);
  expect(await starter.startBurst('b2')).toBe(false);
  expect(asked).toHaveLength(1);
});
