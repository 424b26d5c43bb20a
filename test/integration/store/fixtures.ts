import {
  type AttemptRecord,
  claimDeliveries,
  createAttemptLog,
  createEventIntake,
  type EndpointKeys,
  type EndpointRegistration,
  type Endpoint,
  listBacklogs,
  listDeliveries,
  type NewEvent,
  pullHeld,
  saveEndpoint,
  type Store,
} from '@careerhooks/store';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export const SECRETS: EndpointKeys = {
  secret: 'secret-that-its-owner-chose',
  signingKey: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
};

/** Registers an endpoint for all of `resumebuilder`'s events, unless `wanted` says otherwise. */
export async function register(
  store: Store,
  wanted: Partial<EndpointRegistration> = {},
): Promise<Endpoint> {
  const { endpoint } = await saveEndpoint(store, {
    system: 'resumebuilder',
    user: null,
    url: 'https://receiver.example/hook',
    events: ['*'],
    chooseKeys: (current) => current ?? SECRETS,
    ...wanted,
  });
  return endpoint;
}

export function newEvent(event: Partial<NewEvent> = {}): NewEvent {
  return { system: 'resumebuilder', user: 'u1', type: 'resume.created', data: '{}', ...event };
}

/** Publishes one event, through an intake of its own. */
export async function publish(store: Store, event: Partial<NewEvent> = {}) {
  const [outcome] = await createEventIntake(store).add([[newEvent(event)]]);
  if (outcome instanceof Error) throw outcome;
  return outcome![0]!;
}

/** All deliveries, oldest first. */
export async function deliveries(store: Store) {
  return (await listDeliveries(store, {}, {}, { limit: 1000 })).data.reverse();
}

/** Publishes events with these ids, one after the other, and returns their deliveries' ids. */
export async function publishAll(store: Store, ids: string[]): Promise<string[]> {
  await createEventIntake(store).add([ids.map((id) => newEvent({ id }))]);
  const all = await deliveries(store);
  return ids.map((id) => all.find(({ eventId }) => eventId === id)!.id);
}

/** The ids that are claimed now, under a lease of a minute. */
export async function claim(store: Store, limit = 100): Promise<string[]> {
  const claimed = await claimDeliveries(store, { limit, leaseUntil: Date.now() + MINUTE });
  return claimed.map(({ id }) => id);
}

/** The ids that are pulled from the endpoints' backlogs now, under a lease of a minute. */
export async function pull(store: Store, limit = 100): Promise<string[]> {
  const pulled: string[] = [];
  for (const { endpointId, ordered } of await listBacklogs(store)) {
    const leaseUntil = Date.now() + MINUTE;
    const deliveries = await pullHeld(store, { endpointId, ordered, limit, leaseUntil });
    pulled.push(...deliveries.map(({ id }) => id));
  }
  return pulled;
}

/** A first attempt that a receiver answered with 200, unless `attempt` says otherwise. */
export function attempt(deliveryId: string, attempt: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    deliveryId,
    number: 1,
    startedAt: Date.now(),
    durationMs: 12,
    statusCode: 200,
    errorCode: null,
    errorMessage: null,
    answerExcerpt: 'ok',
    status: 'delivered',
    nextAttemptAt: null,
    leaseUntil: null,
    ...attempt,
  };
}

/** A first attempt that failed and is to be repeated in a minute. */
export function failedAttempt(deliveryId: string, more: Partial<AttemptRecord> = {}) {
  return attempt(deliveryId, {
    status: 'retrying',
    statusCode: 500,
    errorCode: 'http_500',
    nextAttemptAt: Date.now() + MINUTE,
    leaseUntil: Date.now() + 2 * MINUTE,
    ...more,
  });
}

export async function record(store: Store, ...records: AttemptRecord[]): Promise<void> {
  await createAttemptLog(store).add(records);
}

/** Moves the clock on; `jest.restoreAllMocks` moves it back. */
export function passTime(milliseconds: number): void {
  const now = Date.now() + milliseconds;
  const realNow = performance.now();
  jest.spyOn(Date, 'now').mockImplementation(() => now + Math.floor(performance.now() - realNow));
}

/** Counts the transactions that a store commits from now on. */
export function countCommits(store: Store): () => number {
  const transactions = jest.spyOn(store.write, 'transaction');
  return () => transactions.mock.calls.length;
}
