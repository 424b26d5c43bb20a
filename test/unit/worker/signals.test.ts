import { WorkflowNotFoundError } from '@temporalio/client';
import { pino } from 'pino';
import { createPresence } from '../../../worker/src/presence';
import { createSignals, type Signals } from '../../../worker/src/signals';

/** A Temporal that takes signals as the test says. */
function world() {
  const state = {
    take: (): Promise<void> => Promise.resolve(),
    sent: [] as string[],
  };
  const client = {
    withDeadline: (_: number, work: () => Promise<unknown>) => work(),
    workflowService: { getSystemInfo: () => Promise.reject(new Error('away')) },
    workflow: {
      getHandle: (id: string) => ({
        async signal({ name }: { name: string }) {
          await state.take();
          state.sent.push(`${name} ${id}`);
        },
      }),
    },
  };
  const log = pino({ enabled: false });
  const presence = createPresence(log);
  stop.push(() => presence.stop());
  const connect = (): void => presence.connect({ client: client as never });
  return { state, connect, signals: createSignals(presence, log), presence };
}

const stop: (() => void)[] = [];

afterEach(() => stop.splice(0).forEach((end) => end()));

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

test('reach the workflow', async () => {
  const { state, connect, signals } = world();
  connect();
  await signals.retryNow('d1');
  await signals.cancel('d2');
  expect(state.sent).toEqual(['retryNow delivery/d1', 'cancel delivery/d2']);
});

test.each<[string, (signals: Signals) => Promise<void>]>([
  ['a retry', (signals) => signals.retryNow('d1')],
  ['a cancellation', (signals) => signals.cancel('d1')],
])('%s does not wait for a Temporal that does not answer', async (_, ask) => {
  const { state, connect, signals } = world();
  connect();
  state.take = () => new Promise(() => undefined);
  const askedAt = performance.now();
  await ask(signals);
  expect(performance.now() - askedAt).toBeLessThan(1_000);
});

test('a cancellation that Temporal missed is told when it is back, a retry is not', async () => {
  const { state, connect, signals } = world();
  await signals.cancel('d1');
  await signals.cancel('d2');
  await signals.retryNow('d3');
  // It was opened again.
  await signals.retryNow('d2');
  connect();
  signals.catchUp();
  await settled();
  expect(state.sent).toEqual(['cancel delivery/d1']);
  signals.catchUp();
  await settled();
  expect(state.sent).toHaveLength(1);
});

test('that there is no such workflow is an answer', async () => {
  const { state, connect, signals, presence } = world();
  connect();
  state.take = () => Promise.reject(new WorkflowNotFoundError('none', 'delivery/d1', undefined));
  await signals.cancel('d1');
  expect(presence.isThere()).toBe(true);
  state.take = () => Promise.resolve();
  signals.catchUp();
  await settled();
  expect(state.sent).toEqual([]);
});
