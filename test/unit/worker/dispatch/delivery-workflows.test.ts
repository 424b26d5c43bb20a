import { assignBurst, type DeliveryToMake, returnDeliveries, type Store } from '@careerhooks/store';
import type { PostOutcome } from '@careerhooks/workflows';
import { pino } from 'pino';
import { createDeliveryWorkflows } from '../../../../worker/src/dispatch/delivery-workflows';
import type { StartedDelivery } from '../../../../worker/src/dispatch/start-workflow';
import type { Starter } from '../../../../worker/src/dispatch/starter';

jest.mock('@careerhooks/store', () => ({
  ...jest.requireActual<object>('@careerhooks/store'),
  assignBurst: jest.fn(() => Promise.resolve()),
  returnDeliveries: jest.fn(() => Promise.resolve()),
}));

/** Jest's clock does not drive Node's own. */
jest.mock('node:timers/promises', () => ({
  setTimeout: (ms: number, _: unknown, options?: { signal?: AbortSignal }) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      options?.signal?.addEventListener('abort', () => clearTimeout(timer));
    }),
}));

const delivery = {
  id: 'delivery_1',
  attempts: 0,
  nextAttemptAt: null,
  expiresAt: 86_400_000,
  event: { system: 'roleready', type: 'resume.parsed' },
  endpoint: { id: 'ep_1', url: 'https://hooks.example.com/' },
} as unknown as DeliveryToMake;

/** What a delivery that comes alone meets: whether a burst opens, and whether Temporal answers. */
function world() {
  const state = {
    burst: undefined as string | undefined,
    /** The burst that is open while Temporal is away. */
    burstMeanwhile: undefined as string | undefined,
    startGives: 'started' as Awaited<ReturnType<Starter['startDelivery']>>,
    joined: [] as { since: number; endpointId: string }[],
    added: [] as { burstId: string; endpointId: string }[],
    forgotten: [] as unknown[],
    started: [] as StartedDelivery[],
  };
  const workflows = createDeliveryWorkflows({
    store: {} as Store,
    attempts: { forget: (ref) => state.forgotten.push(ref) },
    bursts: {
      join: (since, endpointId) => {
        state.joined.push({ since, endpointId });
        return state.burst;
      },
      burstFor: () => state.burstMeanwhile,
      add: (burstId, endpointId) => state.added.push({ burstId, endpointId }),
    },
    starter: {
      startDelivery: (started) => {
        state.started.push(started);
        return Promise.resolve(state.startGives);
      },
    },
    log: pino({ enabled: false }),
  });
  return { state, workflows };
}

const ended = (status: PostOutcome['status']) =>
  Promise.resolve({ status, attempts: 1 } as PostOutcome);

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  jest.useRealTimers();
  jest.clearAllMocks();
});

test('the workflow of one that is delivered at once starts a moment later, whatever came of it', async () => {
  const { state, workflows } = world();
  workflows.follow(delivery, ended('delivered'));
  await jest.advanceTimersByTimeAsync(29);
  expect(state.started).toEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  expect(state.started).toMatchObject([{ id: 'delivery_1', endpointId: 'ep_1', attempts: 0 }]);
});

test('while an attempt is under way its workflow starts after the same moment', async () => {
  const { state, workflows } = world();
  workflows.follow(delivery, new Promise(() => undefined));
  await jest.advanceTimersByTimeAsync(30);
  expect(state.started).toHaveLength(1);
  expect(state.joined).toEqual([]);
});

test.each(['retrying', 'failed'] as const)(
  'one whose attempt ended with %s has its workflow at once',
  async (status) => {
    const { state, workflows } = world();
    workflows.follow(delivery, ended(status));
    await jest.advanceTimersByTimeAsync(0);
    expect(state.started).toHaveLength(1);
  },
);

test('one that a rush begins with joins its burst, and has no workflow', async () => {
  const { state, workflows } = world();
  const begunAt = performance.now();
  workflows.follow(delivery, ended('delivered'));
  state.burst = 'burst_1';
  await jest.advanceTimersByTimeAsync(30);
  await workflows.settle();
  expect(state.joined).toEqual([{ since: begunAt, endpointId: 'ep_1' }]);
  expect(assignBurst).toHaveBeenCalledWith({}, ['delivery_1'], 'burst_1');
  expect(state.forgotten).toEqual([{ deliveryId: 'delivery_1', attempt: 1 }]);
  expect(state.started).toEqual([]);
});

test('where Temporal does not answer, the dispatcher looks again once the attempt has failed', async () => {
  const { state, workflows } = world();
  state.startGives = undefined;
  let end: (outcome: PostOutcome) => void = () => undefined;
  workflows.follow(delivery, new Promise((resolve) => (end = resolve)));
  await jest.advanceTimersByTimeAsync(5_000);
  expect(state.started).toHaveLength(1);
  expect(returnDeliveries).not.toHaveBeenCalled();
  end({ status: 'retrying', attempts: 1 });
  await workflows.settle();
  expect(returnDeliveries).toHaveBeenCalledWith({}, ['delivery_1'], Date.now());
});

test('one that is delivered while Temporal does not answer belongs to the burst of that time', async () => {
  const { state, workflows } = world();
  state.startGives = undefined;
  state.burstMeanwhile = 'burst_1';
  workflows.follow(delivery, ended('delivered'));
  await jest.advanceTimersByTimeAsync(30);
  await workflows.settle();
  expect(state.added).toEqual([{ burstId: 'burst_1', endpointId: 'ep_1' }]);
  expect(assignBurst).toHaveBeenCalledWith({}, ['delivery_1'], 'burst_1');
  expect(state.forgotten).toEqual([{ deliveryId: 'delivery_1', attempt: 1 }]);
  expect(returnDeliveries).not.toHaveBeenCalled();
});

test('where the workflow of an earlier round still runs, the dispatcher looks again later', async () => {
  const { state, workflows } = world();
  state.startGives = 'running';
  workflows.follow(delivery, ended('failed'));
  await workflows.settle();
  const [, , from] = jest.mocked(returnDeliveries).mock.calls[0]!;
  expect(from).toBeGreaterThan(Date.now());
});

test('a process that stops waits for the workflows that were to be started', async () => {
  const { state, workflows } = world();
  workflows.follow(delivery, ended('delivered'));
  const settled = workflows.settle();
  await jest.advanceTimersByTimeAsync(30);
  await settled;
  expect(state.started).toHaveLength(1);
});
