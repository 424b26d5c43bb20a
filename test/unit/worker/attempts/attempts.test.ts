import { EgressError, type EgressAnswer, type EgressRequest } from '@careerhooks/egress';
import { type DeliveryToMake, holdDelivery, loadDelivery } from '@careerhooks/store';
import { findSystem, generateKeys } from '@careerhooks/systems';
import type { PostOutcome } from '@careerhooks/workflows';
import { pino } from 'pino';
import { type Attempts, createAttempts } from '../../../../worker/src/attempts/attempts';
import type { Carrier } from '../../../../worker/src/attempts/make-attempt';
import type { WorkerContext } from '../../../../worker/src/context';

jest.mock('@careerhooks/store', () => ({
  ...jest.requireActual<object>('@careerhooks/store'),
  loadDelivery: jest.fn(),
  holdDelivery: jest.fn(),
}));

type InTurn = (work: () => Promise<PostOutcome>) => Promise<PostOutcome | undefined>;

/** Makes a first attempt as a dispatcher does; `inTurn` is what its endpoint lets it do. */
function begin(
  attempts: Attempts,
  delivery: DeliveryToMake,
  { carrier = 'workflow', inTurn = (work) => work() }: { carrier?: Carrier; inTurn?: InTurn } = {},
): Promise<PostOutcome> {
  return attempts.begin(delivery, carrier, inTurn);
}

const KEYS = generateKeys(findSystem('roleready')!);
const NOW = Date.parse('2026-01-31T10:05:00Z');

/** A delivery whose first attempt somebody leases, unless `facts` say otherwise. */
function delivery(id: string, facts: Partial<DeliveryToMake> = {}): DeliveryToMake {
  return {
    id,
    status: 'pending',
    attempts: 0,
    attemptsBeforeRound: 0,
    nextAttemptAt: NOW,
    leaseUntil: NOW + 10_000,
    expiresAt: NOW + 86_400_000,
    isTest: false,
    burstId: null,
    event: {
      key: 'key',
      id: `evt_${id}`,
      system: 'roleready',
      user: 'user_1',
      type: 'resume.parsed',
      data: '{"resumeId":"resume_1"}',
      previousAttributes: null,
      isTest: false,
      createdAt: NOW,
    },
    endpoint: {
      id: 'ep_1',
      url: 'https://example.com/hooks',
      status: 'active',
      schedule: 'system',
      maxRetries: null,
      timeoutMs: null,
      settingsSealed: null,
      ordered: false,
    } as DeliveryToMake['endpoint'],
    keys: [KEYS],
    ...facts,
  };
}

/** One that failed once, and is its workflow's to make. */
const retrying = (id: string, facts: Partial<DeliveryToMake> = {}) =>
  delivery(id, { status: 'retrying', attempts: 1, ...facts });

/** What the database has, by id. */
let stored: Map<string, DeliveryToMake>;
/** Ids of the deliveries that were asked for. */
let loaded: string[];
/** Requests that went out; each is answered with 200 when the test says so. */
let sent: { request: EgressRequest; answer: () => void }[];
let answersAtOnce: boolean;
let attempts: Attempts;

beforeEach(() => {
  stored = new Map();
  loaded = [];
  sent = [];
  answersAtOnce = true;
  jest.mocked(loadDelivery).mockImplementation((_, id) => {
    loaded.push(id);
    return Promise.resolve(stored.get(id));
  });
  jest.mocked(holdDelivery).mockReset();
  const ok: EgressAnswer = {
    status: 200,
    headers: {},
    body: Buffer.alloc(0),
    truncated: false,
    durationMs: 1,
  };
  attempts = createAttempts({
    store: {} as WorkerContext['store'],
    egress: {
      request: (request: EgressRequest) =>
        new Promise<EgressAnswer>((resolve) => {
          sent.push({ request, answer: () => resolve(ok) });
          if (answersAtOnce) resolve(ok);
        }),
    } as unknown as WorkerContext['egress'],
    attemptLog: { add: () => Promise.resolve(['recorded' as const]) },
    onAttempt: () => undefined,
    wake: () => undefined,
    log: pino({ enabled: false }),
  });
});

const first = (deliveryId: string) => ({ deliveryId, attempt: 1 });
const second = (deliveryId: string) => ({ deliveryId, attempt: 2 });
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a first attempt that was begun here', () => {
  test('is made once, whoever asks first', async () => {
    answersAtOnce = false;
    const born = delivery('a');
    const asked = [
      begin(attempts, born),
      begin(attempts, born),
      attempts.adopt(first('a'), 60_000),
      attempts.post(first('a')),
      attempts.post(first('a')),
    ];
    await turn();
    expect(sent).toHaveLength(1);
    expect(attempts.isUnderWay(first('a'))).toBe(true);
    sent[0]!.answer();
    const outcomes = await Promise.all(asked);
    expect(outcomes[0]).toMatchObject({ status: 'delivered', attempts: 1, statusCode: 200 });
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    expect(attempts.isUnderWay(first('a'))).toBe(false);
    expect(sent).toHaveLength(1);
    expect(loaded).toEqual([]);
  });

  test('is signed already: its workflow finds it begun, and asks no database', async () => {
    await begin(attempts, delivery('a', { keys: [KEYS, KEYS] }));
    expect(await attempts.sign(first('a'))).toEqual({
      status: 'signed',
      begun: true,
      signatures: 2,
    });
    expect(loaded).toEqual([]);
  });

  test('is under way where it takes longer than the patience of who adopts it, who may ask again', async () => {
    answersAtOnce = false;
    void begin(attempts, delivery('a'));
    await turn();
    expect(await attempts.adopt(first('a'), 5)).toEqual({ status: 'under_way' });
    sent[0]!.answer();
    expect(await attempts.adopt(first('a'), 5)).toMatchObject({ status: 'delivered' });
    expect(sent).toHaveLength(1);
  });

  test('is adopted after it has ended, and then no more: the database says what came of it', async () => {
    await begin(attempts, delivery('a'));
    expect(await attempts.adopt(first('a'), 5)).toMatchObject({ status: 'delivered' });
    stored.set('a', delivery('a', { status: 'delivered', attempts: 1, leaseUntil: null }));
    expect(await attempts.adopt(first('a'), 5)).toEqual({ status: 'delivered', attempts: 1 });
    expect(loaded).toEqual(['a']);
    expect(sent).toHaveLength(1);
  });

  test('is forgotten where no workflow adopts it any more', async () => {
    await begin(attempts, delivery('a'));
    attempts.forget(first('a'));
    stored.set('a', retrying('a'));
    expect(await attempts.sign(first('a'))).toEqual({ status: 'signed', signatures: 1 });
    expect(loaded).toEqual(['a']);
  });

  test('of a burst is nothing that a workflow adopts', async () => {
    await begin(attempts, delivery('a'), { carrier: 'burst' });
    stored.set('a', retrying('a'));
    expect(await attempts.sign(first('a'))).not.toHaveProperty('begun');
    expect(sent).toHaveLength(1);
  });

  test('is none where its endpoint never gives it its turn: it was held', async () => {
    const outcome = await begin(attempts, delivery('a'), {
      inTurn: () => Promise.resolve(undefined),
    });
    expect(outcome).toEqual({ status: 'held', attempts: 0 });
    expect(sent).toEqual([]);
  });

  test('that could not be made is nothing to adopt', async () => {
    const broken = { inTurn: () => Promise.reject(new Error('broken')) };
    await expect(begin(attempts, delivery('a'), broken)).rejects.toThrow('broken');
    stored.set('a', retrying('a'));
    expect(await attempts.sign(first('a'))).not.toHaveProperty('begun');
  });

  test('is remembered for its workflow as one of the last thousand', async () => {
    for (let number = 0; number <= 1_000; number += 1) {
      await begin(attempts, delivery(`d${number}`));
    }
    stored.set('d0', retrying('d0'));
    expect(await attempts.sign(first('d0'))).not.toHaveProperty('begun');
    expect(await attempts.sign(first('d1'))).toHaveProperty('begun', true);
  });
});

describe('another attempt', () => {
  test('is signed first, and sent once, whoever asks', async () => {
    answersAtOnce = false;
    stored.set('a', retrying('a'));
    const signed = await attempts.sign(second('a'));
    expect(signed).toMatchObject({ status: 'signed', signatures: 1 });
    expect(sent).toEqual([]);
    const asked = [attempts.post(second('a')), attempts.post(second('a'))];
    await turn();
    expect(sent).toHaveLength(1);
    const { body } = sent[0]!.request;
    expect(signed).toHaveProperty('bytes', body?.length);
    sent[0]!.answer();
    for (const outcome of await Promise.all(asked)) {
      expect(outcome).toMatchObject({ status: 'delivered', attempts: 2 });
    }
    expect(loaded).toEqual(['a']);
    // Whoever asks later is told what the database says.
    stored.set('a', retrying('a', { status: 'delivered', attempts: 2 }));
    expect(await attempts.post(second('a'))).toEqual({ status: 'delivered', attempts: 2 });
    expect(sent).toHaveLength(1);
  });

  test('that the database has already is not made again', async () => {
    stored.set('a', retrying('a', { attempts: 2, nextAttemptAt: NOW + 5_000 }));
    expect(await attempts.sign(second('a'))).toEqual({ status: 'signed', signatures: 1 });
    expect(await attempts.post(second('a'))).toEqual({
      status: 'retrying',
      attempts: 2,
      nextAttemptAt: NOW + 5_000,
      expiresAt: NOW + 86_400_000,
    });
    expect(sent).toEqual([]);
  });

  test('of which nobody here has the signed request is signed anew', async () => {
    stored.set('a', retrying('a'));
    expect(await attempts.post(second('a'))).toMatchObject({ status: 'delivered' });
    expect(sent).toHaveLength(1);
  });

  test('whose signed request nobody sends is dropped beyond two thousand', async () => {
    for (let number = 0; number <= 2_000; number += 1) {
      stored.set(`d${number}`, retrying(`d${number}`));
      await attempts.sign(second(`d${number}`));
    }
    loaded.length = 0;
    await attempts.post(second('d0'));
    await attempts.post(second('d1'));
    // The oldest alone has to be signed again.
    expect(loaded).toEqual(['d0']);
    expect(sent).toHaveLength(2);
  });

  test('that is made at the first of its round is left to whoever leases it, and asked for again', async () => {
    stored.set('a', delivery('a'));
    expect(await attempts.sign(first('a'))).toEqual({ status: 'signed', signatures: 1 });
    await expect(attempts.post(first('a'))).rejects.toMatchObject({
      type: 'not_here',
      nextRetryDelay: '1s',
    });
    expect(sent).toEqual([]);
  });

  test('of a test is made by whoever asked for it, since nobody leases it', async () => {
    stored.set('a', delivery('a', { isTest: true, leaseUntil: null }));
    expect(await attempts.sign(first('a'))).toHaveProperty('bytes');
    expect(await attempts.post(first('a'))).toMatchObject({ status: 'delivered' });
    expect(sent).toHaveLength(1);
  });

  test.each<[string, Partial<DeliveryToMake>, string]>([
    ['that has ended', { status: 'cancelled' }, 'cancelled'],
    ['that has expired', { status: 'expired' }, 'expired'],
    ['whose endpoint was deleted', { keys: [] }, 'cancelled'],
  ])('of a delivery %s is not made', async (_, facts, status) => {
    stored.set('a', retrying('a', facts));
    expect(await attempts.sign(second('a'))).toEqual({ status });
    expect(await attempts.post(second('a'))).toEqual({ status, attempts: 1 });
    expect(sent).toEqual([]);
  });

  test('of a delivery that is gone is not made', async () => {
    expect(await attempts.sign(second('a'))).toEqual({ status: 'gone' });
    expect(await attempts.post(second('a'))).toEqual({ status: 'gone', attempts: 0 });
  });

  test('is held while its endpoint is not active, and made where it has become active meanwhile', async () => {
    const { endpoint } = retrying('a');
    stored.set('a', retrying('a', { endpoint: { ...endpoint, status: 'paused' } }));
    jest.mocked(holdDelivery).mockResolvedValueOnce(true);
    expect(await attempts.sign(second('a'))).toEqual({ status: 'held' });
    jest.mocked(holdDelivery).mockImplementationOnce(() => {
      stored.set('a', retrying('a'));
      return Promise.resolve(false);
    });
    expect(await attempts.sign(second('a'))).toMatchObject({ status: 'signed' });
  });
});

test('settle waits for what is under way', async () => {
  answersAtOnce = false;
  void begin(attempts, delivery('a'));
  await turn();
  let settled = false;
  const settling = attempts.settle().then(() => (settled = true));
  await turn();
  expect(settled).toBe(false);
  sent[0]!.answer();
  await settling;
  expect(attempts.isUnderWay(first('a'))).toBe(false);
});

test('a receiver that cannot be reached is an outcome, no error', async () => {
  const refusing = createAttempts({
    store: {} as WorkerContext['store'],
    egress: {
      request: () => Promise.reject(new EgressError('connection_refused')),
    } as unknown as WorkerContext['egress'],
    attemptLog: { add: () => Promise.resolve(['recorded' as const]) },
    onAttempt: () => undefined,
    wake: () => undefined,
    log: pino({ enabled: false }),
  });
  expect(await begin(refusing, delivery('a'))).toMatchObject({
    status: 'retrying',
    attempts: 1,
    errorCode: 'connection_refused',
  });
});
