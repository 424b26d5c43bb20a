import type { Client } from '@temporalio/client';
import { pino } from 'pino';
import { createPresence, type Presence } from '../../../worker/src/presence';
import { waitUntil } from '../../support/wait-until';

/** A Temporal that answers or does not, as the test says. */
function temporal() {
  const state = { answers: true, probes: 0 };
  const client = {
    withDeadline: (_: number, work: () => Promise<unknown>) => work(),
    workflowService: {
      getSystemInfo() {
        state.probes += 1;
        return state.answers ? Promise.resolve({}) : never();
      },
    },
  } as unknown as Client;
  return { state, client };
}

const never = (): Promise<never> => new Promise(() => undefined);
const answer = (): Promise<string> => Promise.resolve('an answer');
const refuse = (): Promise<never> => Promise.reject(new Error('no such workflow'));

let presence: Presence;

beforeEach(() => {
  presence = createPresence(pino({ enabled: false }));
});

afterEach(() => presence.stop());

test('is away until it is connected', async () => {
  expect(presence.isThere()).toBe(false);
  await expect(presence.check()).resolves.toBe(false);
  await expect(presence.ask(1_000, answer)).rejects.toThrow('Temporal is away');
});

test('a call that is not answered in time says that it is away, and nobody waits for it any more', async () => {
  const { state, client } = temporal();
  presence.connect({ client });
  state.answers = false;
  await expect(presence.ask(20, never)).rejects.toThrow('no answer within 20 ms');
  expect(presence.isThere()).toBe(false);
  await expect(presence.ask(60_000, never)).rejects.toThrow('Temporal is away');
  await expect(presence.check()).resolves.toBe(false);
});

test('an answer that is an error says nothing of it', async () => {
  presence.connect({ client: temporal().client });
  await expect(presence.ask(1_000, refuse, () => true)).rejects.toThrow('no such workflow');
  expect(presence.isThere()).toBe(true);
  await expect(presence.ask(1_000, refuse)).rejects.toThrow('no such workflow');
  expect(presence.isThere()).toBe(false);
});

test('a check finds out that it is away', async () => {
  const { state, client } = temporal();
  presence.connect({ client });
  await expect(presence.check()).resolves.toBe(true);
  state.answers = false;
  await expect(presence.check()).resolves.toBe(false);
  expect(presence.isThere()).toBe(false);
});

test('it is back once a probe is answered and it is prepared', async () => {
  const { state, client } = temporal();
  const events: string[] = [];
  let prepared = false;
  presence.connect({
    client,
    prepare() {
      events.push('prepare');
      return prepared ? Promise.resolve() : Promise.reject(new Error('not ready'));
    },
    returned: () => events.push('returned'),
  });
  state.answers = false;
  const waiting = expect(presence.ask(60_000, never)).rejects.toThrow('Temporal is away');
  await presence.check();
  await waiting;
  state.answers = true;
  await waitUntil(
    () => Promise.resolve(events.length),
    (count) => count > 0,
  );
  expect(presence.isThere()).toBe(false);
  prepared = true;
  await waitUntil(
    () => Promise.resolve(presence.isThere()),
    (there) => there,
  );
  expect(events.at(-1)).toBe('returned');
});

test('while it is away it is asked about once a second, however many want to know', async () => {
  const { state, client } = temporal();
  presence.connect({ client });
  state.answers = false;
  await Promise.all(Array.from({ length: 50 }, () => presence.check()));
  expect(state.probes).toBe(1);
  for (let asked = 0; asked < 50; asked += 1) await presence.check();
  expect(state.probes).toBe(1);
});

test('where it may be another one, it is prepared again', async () => {
  let prepared = 0;
  presence.connect({
    client: temporal().client,
    prepare: () => Promise.resolve(void (prepared += 1)),
  });
  presence.doubt();
  await waitUntil(
    () => Promise.resolve(presence.isThere()),
    (there) => there,
  );
  expect(prepared).toBe(1);
});
