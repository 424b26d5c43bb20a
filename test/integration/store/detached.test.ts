import {
  createKey,
  deleteEndpoint,
  detachEndpoint,
  endEndpoints,
  getDelivery,
  getEndpoint,
  listEndpoints,
  recordChallenge,
  reopenDelivery,
  replayDeliveries,
  revokeKey,
  saveEndpoint,
  setEndpointStatus,
  type Store,
  updateEndpoint,
} from '@careerhooks/store';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';
import {
  claim,
  failedAttempt,
  MINUTE,
  publish,
  publishAll,
  pull,
  record,
  register,
  SECRETS,
} from './fixtures';

const ANSWERED = { error: null, statusCode: 200, answerExcerpt: null, leaseUntil: null };
const ELSEWHERE = 'https://elsewhere.example/hook';

describe.each(DATABASES)('a registration with an identity on %s', (name) => {
  let database: TestDatabase;
  let store: Store;

  beforeEach(async () => {
    database = await createDatabase(name);
    store = await database.open();
  });
  afterEach(() => database.drop());

  const soon = () => Date.now() + 15 * MINUTE;
  const statusOf = async (id: string) => (await getDelivery(store, id))?.status;

  test('is the same endpoint at another URL, which is verified first', async () => {
    const first = await register(store, { identity: 'mine', challenge: 'one' });
    await recordChallenge(store, first, ANSWERED);
    const moved = await register(store, { identity: 'mine', url: ELSEWHERE, challenge: 'two' });
    expect(moved).toMatchObject({ id: first.id, url: ELSEWHERE, status: 'pending' });
    const { deliveries } = await publish(store);
    expect(deliveries).toBe(1);
    expect(await claim(store)).toEqual([]);
    await recordChallenge(store, moved, ANSWERED);
    expect(await pull(store)).toHaveLength(1);
  });

  test('an answer to the challenge of its URL before verifies nothing', async () => {
    const first = await register(store, { identity: 'mine', challenge: 'one' });
    await register(store, { identity: 'mine', url: ELSEWHERE, challenge: 'two' });
    expect(await recordChallenge(store, first, ANSWERED)).toBeUndefined();
    expect(await getEndpoint(store, first.id)).toMatchObject({ status: 'pending' });
  });

  test('takes over what its owner registered at the URL without one', async () => {
    const first = await register(store);
    const named = await register(store, { identity: 'mine' });
    expect(named).toMatchObject({ id: first.id, identity: 'mine' });
  });

  test('does not move to where its owner has another endpoint', async () => {
    await register(store, { url: ELSEWHERE });
    await register(store, { identity: 'mine' });
    await expect(register(store, { identity: 'mine', url: ELSEWHERE })).rejects.toMatchObject({
      code: 'url_taken',
    });
  });

  test('is one per system and user: nobody else takes its endpoint, its secret or what it gets', async () => {
    const ofOne = await register(store, {
      identity: 'mine',
      user: 'u1',
      destinationSettings: { a: '1' },
    });
    const ofAnother = await register(store, { identity: 'mine', user: 'u2' });
    const ofAll = await register(store, { identity: 'mine', user: null });
    const elsewhere = await register(store, { identity: 'mine', user: 'u1', system: 'cv' });
    expect(new Set([ofOne.id, ofAnother.id, ofAll.id, elsewhere.id]).size).toBe(4);
    expect(ofAll.settingsSealed).toBeNull();
  });

  test('for one user instead of all, it takes over what was held of that user alone', async () => {
    const ofAll = await register(store, { identity: 'mine' });
    const [own] = await publishAll(store, ['own']);
    await publish(store, { id: 'other', user: 'u2' });
    await detachEndpoint(store, ofAll.id, soon());
    const narrowed = await register(store, { identity: 'mine', user: 'u1', url: ELSEWHERE });
    expect(await pull(store)).toEqual([own]);
    expect(await getDelivery(store, own!)).toMatchObject({ endpointId: narrowed.id });
    expect(await endEndpoints(store, Date.now() + 16 * MINUTE)).toEqual([
      { id: ofAll.id, cancelled: 1 },
    ]);
  });

  test('takes over nothing of an endpoint that is not detached, nor of another system', async () => {
    const ofAll = await register(store, { identity: 'mine' });
    const [own] = await publishAll(store, ['own']);
    const endpointOf = async () => (await getDelivery(store, own!))?.endpointId;
    await register(store, { identity: 'mine', user: 'u1', url: ELSEWHERE });
    expect(await endpointOf()).toBe(ofAll.id);
    await detachEndpoint(store, ofAll.id, soon());
    const third = { identity: 'mine', url: 'https://third.example/hook' };
    await register(store, { ...third, user: null, system: 'cv' });
    expect(await endpointOf()).toBe(ofAll.id);
  });

  test('takes over nothing of an owner that whoever registers may not see', async () => {
    const ofAll = await register(store, { identity: 'mine' });
    const [own] = await publishAll(store, ['own']);
    await detachEndpoint(store, ofAll.id, soon());
    await register(store, { identity: 'mine', user: 'u1', url: ELSEWHERE, visibleUser: 'u1' });
    expect(await getDelivery(store, own!)).toMatchObject({ endpointId: ofAll.id, status: 'held' });
  });

  test('of several registrations at once makes one', async () => {
    const made = await Promise.all(
      Array.from({ length: 5 }, () => register(store, { identity: 'mine' })),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });

  test('detached, it holds what comes and what waits, and goes on with both when it is registered again', async () => {
    const endpoint = await register(store, { identity: 'mine' });
    const [waiting] = await publishAll(store, ['waits']);
    await claim(store);
    await record(store, failedAttempt(waiting!));
    const [fresh] = await publishAll(store, ['fresh']);
    const endsAt = soon();
    expect(await detachEndpoint(store, endpoint.id, endsAt)).toMatchObject({
      status: 'detached',
      endsAt,
    });
    const [late] = await publishAll(store, ['late']);
    expect(await claim(store)).toEqual([]);
    expect(await pull(store)).toEqual([]);

    const again = await register(store, { identity: 'mine', url: ELSEWHERE, maxRetries: 1 });
    expect(again).toMatchObject({ id: endpoint.id, status: 'active', endsAt: null, maxRetries: 1 });
    expect(await pull(store)).toEqual([waiting, fresh, late]);
    expect(await statusOf(waiting!)).toBe('retrying');
  });

  test('detached and registered at the same URL, it is not challenged again; where nobody has answered, it is', async () => {
    const endpoint = await register(store, { identity: 'mine', challenge: 'one' });
    await detachEndpoint(store, endpoint.id, soon());
    const asked = await register(store, { identity: 'mine', challenge: 'two' });
    expect(asked.status).toBe('pending');
    await recordChallenge(store, asked, ANSWERED);
    await detachEndpoint(store, endpoint.id, soon());
    expect(await register(store, { identity: 'mine', challenge: 'three' })).toMatchObject({
      status: 'active',
      verifiedAt: expect.any(Number) as number,
    });
  });

  test('what was paused before it was detached is paused again', async () => {
    const endpoint = await register(store, { identity: 'mine' });
    await setEndpointStatus(store, endpoint.id, { to: 'paused', from: ['active'] });
    await detachEndpoint(store, endpoint.id, soon());
    expect((await register(store, { identity: 'mine' })).status).toBe('paused');
  });

  test('to detach and resume is no way round a challenge that nobody has answered', async () => {
    const endpoint = await register(store, { challenge: 'one' });
    await detachEndpoint(store, endpoint.id, soon());
    const resumed = await setEndpointStatus(store, endpoint.id, {
      to: 'active',
      from: ['detached'],
    });
    expect(resumed).toMatchObject({ status: 'pending', endsAt: null });
    await publish(store);
    expect(await pull(store)).toEqual([]);

    await detachEndpoint(store, endpoint.id, soon());
    const enabled = await updateEndpoint(store, endpoint.id, { enabled: true });
    expect(enabled).toMatchObject({ status: 'pending' });
  });

  test('disabled, detached and resumed, it stays', async () => {
    const endpoint = await register(store);
    await setEndpointStatus(store, endpoint.id, { to: 'disabled', from: ['active'] });
    await detachEndpoint(store, endpoint.id, soon());
    await setEndpointStatus(store, endpoint.id, { to: 'active', from: ['disabled'] });
    expect(await getEndpoint(store, endpoint.id)).toMatchObject({ status: 'active', endsAt: null });
  });

  test('resumed, one that was registered for a while still ends', async () => {
    const endpoint = await register(store, { lifetimeMs: MINUTE });
    await detachEndpoint(store, endpoint.id, Date.now() + 1000);
    await setEndpointStatus(store, endpoint.id, { to: 'active', from: ['detached'] });
    expect(await endEndpoints(store, Date.now() + 2 * MINUTE)).toMatchObject([{ id: endpoint.id }]);
  });

  test('detached, it is kept by whoever resumes it, or moves it', async () => {
    const resumed = await register(store);
    await detachEndpoint(store, resumed.id, soon());
    await setEndpointStatus(store, resumed.id, { to: 'active', from: ['detached'] });
    expect(await getEndpoint(store, resumed.id)).toMatchObject({ status: 'active', endsAt: null });

    await detachEndpoint(store, resumed.id, soon());
    await updateEndpoint(store, resumed.id, { url: ELSEWHERE, challenge: 'one' });
    expect(await getEndpoint(store, resumed.id)).toMatchObject({ status: 'pending', endsAt: null });
  });

  test('when its time is over it is deleted with what it holds, and says how much', async () => {
    const detached = await register(store, { identity: 'mine' });
    const test = await register(store, { url: ELSEWHERE, identity: 'test', lifetimeMs: MINUTE });
    const stays = await register(store, { url: 'https://stays.example/hook' });
    await detachEndpoint(store, detached.id, soon());
    const [held] = await publishAll(store, ['held', 'too']);
    expect(await endEndpoints(store, Date.now() + 14 * MINUTE)).toEqual([
      { id: test.id, cancelled: 2 },
    ]);
    expect(await endEndpoints(store, Date.now() + 16 * MINUTE)).toEqual([
      { id: detached.id, cancelled: 2 },
    ]);
    expect(await statusOf(held!)).toBe('cancelled');
    expect((await listEndpoints(store, {}, {}, { limit: 10 })).data).toMatchObject([
      { id: stays.id },
    ]);
  });

  test('a disabled endpoint holds nothing while it is detached', async () => {
    const endpoint = await register(store, { identity: 'mine' });
    await setEndpointStatus(store, endpoint.id, { to: 'disabled', from: ['active'] });
    await detachEndpoint(store, endpoint.id, soon());
    expect((await publish(store)).deliveries).toBe(0);
    expect(await endEndpoints(store, Date.now() + 16 * MINUTE)).toMatchObject([
      { id: endpoint.id },
    ]);
  });

  describe('what was cancelled', () => {
    test.each([
      ['the identity, at another URL', { identity: 'mine', url: ELSEWHERE }],
      ['the URL, without an identity', { identity: undefined }],
    ])('is retried to the endpoint that took over %s', async (_what, taken) => {
      const gone = await register(store, { identity: 'mine' });
      const [id] = await publishAll(store, ['a']);
      await deleteEndpoint(store, gone.id);
      expect(await reopenDelivery(store, id!)).toBe(false);
      const { identity, ...rest } = taken;
      const next = await register(store, { ...rest, ...(identity !== undefined && { identity }) });
      expect(await reopenDelivery(store, id!)).toBe(true);
      expect(await getDelivery(store, id!)).toMatchObject({
        endpointId: next.id,
        status: 'pending',
      });
    });

    test("goes to no endpoint of another system or another user's", async () => {
      const gone = await register(store, { identity: 'mine', user: 'u1' });
      const [id] = await publishAll(store, ['a']);
      await deleteEndpoint(store, gone.id);
      await register(store, { identity: 'mine', user: 'u2' });
      await register(store, { identity: 'mine', user: null, url: ELSEWHERE });
      await register(store, { identity: 'mine', user: 'u1', system: 'cv' });
      expect(await reopenDelivery(store, id!)).toBe(false);
    });

    test('is replayed to another endpoint, by the statuses and users that this one is asked for', async () => {
      const gone = await register(store);
      const [a] = await publishAll(store, ['a']);
      await publish(store, { id: 'b', user: 'u2' });
      await deleteEndpoint(store, gone.id);
      const to = await register(store, { url: ELSEWHERE, user: 'u1' });
      const selection = { endpointId: to.id, from: gone.id, since: 0, until: Date.now() + 1 };
      expect(await replayDeliveries(store, { ...selection, statuses: ['failed'] })).toBe(0);
      expect(await replayDeliveries(store, { ...selection, statuses: ['cancelled'] })).toBe(1);
      expect(await getDelivery(store, a!)).toMatchObject({ endpointId: to.id, status: 'pending' });
    });
  });

  test('says who registered it, with which key, and since when that is revoked', async () => {
    const { key } = await createKey(store, {
      system: 'resumebuilder',
      user: null,
      scopes: ['manage'],
    });
    const registeredBy = { client: 'n8n', label: 'A workflow' };
    const { endpoint } = await saveEndpoint(store, {
      system: 'resumebuilder',
      user: null,
      url: ELSEWHERE,
      events: ['*'],
      registeredBy,
      registeredKey: key.id,
      chooseKeys: (current) => current ?? SECRETS,
    });
    expect(await getEndpoint(store, endpoint.id)).toMatchObject({
      registeredBy,
      registeredKey: key.id,
      keyRevokedAt: null,
    });
    await revokeKey(store, key.id);
    expect(await getEndpoint(store, endpoint.id)).toMatchObject({
      keyRevokedAt: expect.any(Number) as number,
    });
  });
});
