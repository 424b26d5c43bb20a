import {
  beginVerification,
  claimVerifications,
  deleteEndpoint,
  type Endpoint,
  type EndpointKeys,
  getDelivery,
  getEndpoint,
  liveKeys,
  loadDelivery,
  openSettings,
  recordChallenge,
  releaseLeases,
  rotateKeys,
  saveEndpoint,
  setEndpointStatus,
  type Store,
  updateEndpoint,
} from '@careerhooks/store';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';
import {
  attempt,
  claim,
  deliveries,
  failedAttempt,
  HOUR,
  MINUTE,
  passTime,
  publish,
  publishAll,
  pull,
  record,
  register,
  SECRETS,
} from './fixtures';

/** A challenge that was answered rightly. */
const ANSWERED = {
  error: null,
  statusCode: 200,
  answerExcerpt: '[challenge]',
  leaseUntil: null,
};

describe.each(DATABASES)('endpoints on %s', (name) => {
  let database: TestDatabase;
  let store: Store;

  beforeEach(async () => {
    database = await createDatabase(name);
    store = await database.open();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await database.drop();
  });

  const statusesOf = async (ids: string[]) =>
    Promise.all(ids.map(async (id) => (await getDelivery(store, id))?.status));
  const rotated = (letter: string): EndpointKeys => ({
    secret: letter.repeat(24),
    signingKey: `whsec_${letter}`,
  });

  describe('registration', () => {
    const wanted = {
      system: 'resumebuilder',
      user: 'u1',
      url: 'https://receiver.example/hook',
      events: ['resume.*'],
      chooseKeys: (current: EndpointKeys | undefined) => current ?? SECRETS,
    };

    test('keeps all that it was told', async () => {
      const { endpoint, keys, created } = await saveEndpoint(store, {
        ...wanted,
        description: 'My receiver',
        schedule: 'extended',
        timeoutMs: 5000,
        maxRetries: 0,
        ordered: true,
        destinationSettings: { 'x-api-key': 'open sesame' },
      });
      expect({ keys, created }).toEqual({ keys: SECRETS, created: true });
      expect(endpoint).toEqual({
        id: expect.stringMatching(/^ep_[0-9a-f]{32}$/) as string,
        system: 'resumebuilder',
        user: 'u1',
        url: wanted.url,
        description: 'My receiver',
        events: ['resume.*'],
        status: 'active',
        statusReason: null,
        schedule: 'extended',
        timeoutMs: 5000,
        maxRetries: 0,
        ordered: true,
        settingsSealed: expect.stringMatching(/^v1\./) as string,
        challengeSealed: null,
        verificationAttempts: 0,
        verificationError: null,
        verificationErrorMessage: null,
        verificationStatusCode: null,
        verificationAnswerExcerpt: null,
        verificationDeadline: null,
        verifiedAt: null,
        backlogSince: null,
        failingSince: null,
        ratePerSecond: null,
        identity: null,
        registeredBy: null,
        registeredKey: null,
        keyRevokedAt: null,
        confirmedAt: expect.any(Number) as number,
        endsAt: null,
        createdAt: expect.any(Number) as number,
        updatedAt: expect.any(Number) as number,
      });
      expect(await getEndpoint(store, endpoint.id)).toEqual(endpoint);
      expect(openSettings(store.sealer, endpoint)).toEqual({ 'x-api-key': 'open sesame' });
    });

    test('is read as it was committed last, while a transaction is open', async () => {
      const { endpoint } = await saveEndpoint(store, wanted);
      const changed = await updateEndpoint(store, endpoint.id, { description: 'Newer' });
      await store.write.transaction(async (transaction) => {
        await transaction.run("update endpoints set description = 'Not yet'");
        expect(await getEndpoint(store, endpoint.id)).toEqual(changed);
        expect(await liveKeys(store, endpoint.id)).toEqual([SECRETS]);
      });
      expect(await getEndpoint(store, endpoint.id)).toMatchObject({ description: 'Not yet' });
    });

    test('again at the same URL updates what is said, and keeps the rest', async () => {
      const first = await saveEndpoint(store, { ...wanted, description: 'old', ordered: true });
      const second = await saveEndpoint(store, { ...wanted, events: ['export.*'], timeoutMs: 1 });
      expect(second).toMatchObject({ created: false, keys: SECRETS });
      expect(second.endpoint).toMatchObject({
        id: first.endpoint.id,
        events: ['export.*'],
        description: 'old',
        ordered: true,
        timeoutMs: 1,
        createdAt: first.endpoint.createdAt,
      });
      expect(await publish(store, { type: 'resume.created' })).toMatchObject({ deliveries: 0 });
      expect(await publish(store, { type: 'export.ready' })).toMatchObject({ deliveries: 1 });
    });

    test('may replace the keys at once', async () => {
      const { endpoint } = await saveEndpoint(store, wanted);
      const { keys } = await saveEndpoint(store, { ...wanted, chooseKeys: () => rotated('b') });
      expect(keys).toEqual(rotated('b'));
      expect(await liveKeys(store, endpoint.id)).toEqual([rotated('b')]);
    });

    test('of another owner at the same URL is another endpoint', async () => {
      const owners = [
        wanted,
        { ...wanted, user: 'u2' },
        { ...wanted, user: null },
        { ...wanted, system: 'cv' },
      ];
      const saved = [];
      for (const owner of owners) saved.push(await saveEndpoint(store, owner));
      expect(new Set(saved.map(({ endpoint }) => endpoint.id)).size).toBe(4);
      expect(await saveEndpoint(store, owners[2]!)).toMatchObject({
        created: false,
        endpoint: { id: saved[2]!.endpoint.id },
      });
    });

    test.each([['u1'], [null]])(
      'at once from several processes makes one (user %s)',
      async (user) => {
        const others = await Promise.all([database.open(), database.open()]);
        const saved = await Promise.all(
          [store, ...others].flatMap((each, process) =>
            ['x', 'y', 'z'].map((letter) =>
              saveEndpoint(each, {
                ...wanted,
                user,
                chooseKeys: (current) => current ?? rotated(`${process}${letter}`),
              }),
            ),
          ),
        );
        expect(new Set(saved.map(({ endpoint }) => endpoint.id)).size).toBe(1);
        expect(saved.filter(({ created }) => created)).toHaveLength(1);
        expect(new Set(saved.map(({ keys }) => keys.secret)).size).toBe(1);
        expect(await liveKeys(store, saved[0]!.endpoint.id)).toEqual([saved[0]!.keys]);
      },
    );

    test('brings a disabled one back, with a challenge where one is asked for', async () => {
      const { endpoint } = await saveEndpoint(store, wanted);
      const disable = () =>
        setEndpointStatus(store, endpoint.id, { to: 'disabled', from: ['active'], reason: 'gone' });
      expect(await disable()).toMatchObject({ status: 'disabled', statusReason: 'gone' });
      expect((await saveEndpoint(store, wanted)).endpoint).toMatchObject({
        id: endpoint.id,
        status: 'active',
        statusReason: null,
      });
      await disable();
      expect((await saveEndpoint(store, { ...wanted, challenge: 'c' })).endpoint).toMatchObject({
        id: endpoint.id,
        status: 'pending',
        statusReason: null,
        verifiedAt: null,
      });
    });

    test('of one that is active or paused leaves its status alone', async () => {
      const { endpoint } = await saveEndpoint(store, wanted);
      expect((await saveEndpoint(store, { ...wanted, challenge: 'c' })).endpoint.status).toBe(
        'active',
      );
      await setEndpointStatus(store, endpoint.id, { to: 'paused', from: ['active'] });
      expect((await saveEndpoint(store, wanted)).endpoint.status).toBe('paused');
    });

    test('after a deletion makes a new one', async () => {
      const { endpoint } = await saveEndpoint(store, wanted);
      await deleteEndpoint(store, endpoint.id);
      const again = await saveEndpoint(store, wanted);
      expect(again.created).toBe(true);
      expect(again.endpoint.id).not.toBe(endpoint.id);
    });
  });

  describe('update', () => {
    test('changes what is named, and nothing else', async () => {
      const endpoint = await register(store, {
        description: 'old',
        destinationSettings: { a: '1' },
      });
      const updated = await updateEndpoint(store, endpoint.id, {
        url: 'https://new.example',
        events: ['export.*'],
        description: null,
        keys: rotated('b'),
      });
      expect(updated).toEqual({
        ...endpoint,
        url: 'https://new.example',
        events: ['export.*'],
        description: null,
        updatedAt: expect.any(Number) as number,
      });
      expect(await liveKeys(store, endpoint.id)).toEqual([rotated('b')]);
      expect(await publish(store, { type: 'export.ready' })).toMatchObject({ deliveries: 1 });
      expect(await publish(store)).toMatchObject({ deliveries: 0 });
    });

    test('with no headers keeps nothing of those that there were', async () => {
      const endpoint = await register(store, { destinationSettings: { authorization: 'secret' } });
      const updated = await updateEndpoint(store, endpoint.id, { destinationSettings: {} });
      expect(updated).toMatchObject({ settingsSealed: null });
    });

    test('with a challenge makes it pending and holds its deliveries', async () => {
      const endpoint = await register(store);
      const [id] = await publishAll(store, ['a']);
      const changes = { url: 'https://new.example', challenge: 'c' };
      expect(await updateEndpoint(store, endpoint.id, changes)).toMatchObject({
        status: 'pending',
        url: changes.url,
      });
      expect(await statusesOf([id!])).toEqual(['held']);
    });

    test('refuses the URL of another endpoint of the owner, and changes nothing then', async () => {
      const endpoint = await register(store);
      await register(store, { url: 'https://taken.example' });
      await register(store, { url: 'https://free.example', user: 'u1' });
      const taken = { url: 'https://taken.example', description: 'new', keys: rotated('b') };
      expect(await updateEndpoint(store, endpoint.id, taken)).toBe('url_taken');
      expect(await getEndpoint(store, endpoint.id)).toEqual(endpoint);
      expect(await liveKeys(store, endpoint.id)).toEqual([SECRETS]);
      expect(await updateEndpoint(store, endpoint.id, { url: endpoint.url })).toMatchObject({
        url: endpoint.url,
      });
      expect(
        await updateEndpoint(store, endpoint.id, { url: 'https://free.example' }),
      ).toMatchObject({ url: 'https://free.example' });
    });

    test('of two endpoints to one URL at once, one is refused', async () => {
      const ids = [await register(store), await register(store, { url: 'https://b.example' })];
      const other = await database.open();
      const outcomes = await Promise.all(
        ids.map(({ id }, index) =>
          updateEndpoint(index === 0 ? store : other, id, { url: 'https://c.example' }),
        ),
      );
      expect(outcomes.filter((outcome) => outcome === 'url_taken')).toHaveLength(1);
    });

    test('of a deleted one does nothing', async () => {
      const endpoint = await register(store);
      await deleteEndpoint(store, endpoint.id);
      expect(await updateEndpoint(store, endpoint.id, { events: ['*'] })).toBeUndefined();
      expect(await publish(store)).toMatchObject({ deliveries: 0 });
    });
  });

  describe('status', () => {
    test('pause holds, resume lets go', async () => {
      const endpoint = await register(store);
      const [a, b, c] = await publishAll(store, ['a', 'b', 'c']);
      await record(store, failedAttempt(a!), attempt(c!));
      const paused = await setEndpointStatus(store, endpoint.id, {
        to: 'paused',
        from: ['active'],
      });
      expect(paused).toMatchObject({ status: 'paused', statusReason: null });
      expect(await statusesOf([a!, b!, c!])).toEqual(['held', 'held', 'delivered']);
      const [d] = await publishAll(store, ['d']);
      passTime(HOUR);
      expect(await claim(store)).toEqual([]);
      await setEndpointStatus(store, endpoint.id, { to: 'active', from: ['paused'] });
      expect(await pull(store)).toEqual([a, b, d]);
      expect(await statusesOf([a!, b!, c!, d!])).toEqual([
        'retrying',
        'pending',
        'delivered',
        'pending',
      ]);
    });

    test('changes only from the statuses that are named', async () => {
      const endpoint = await register(store);
      expect(
        await setEndpointStatus(store, endpoint.id, { to: 'active', from: ['paused'] }),
      ).toBeUndefined();
      expect(
        await setEndpointStatus(store, 'no-such-endpoint', { to: 'paused', from: ['active'] }),
      ).toBeUndefined();
      expect(await getEndpoint(store, endpoint.id)).toEqual(endpoint);
    });

    test('leaves the deliveries of other endpoints alone', async () => {
      const endpoint = await register(store);
      const other = await register(store, { url: 'https://other.example' });
      await publish(store);
      await setEndpointStatus(store, endpoint.id, { to: 'paused', from: ['active'] });
      const statuses = (await deliveries(store)).map((each) => [each.endpointId, each.status]);
      expect(statuses).toEqual(
        expect.arrayContaining([
          [endpoint.id, 'held'],
          [other.id, 'pending'],
        ]),
      );
    });

    test('disable cancels what is unfinished', async () => {
      const endpoint = await register(store);
      const [a, b] = await publishAll(store, ['a', 'b']);
      await record(store, attempt(b!));
      await setEndpointStatus(store, endpoint.id, { to: 'disabled', from: ['active'] });
      expect(await getDelivery(store, a!)).toMatchObject({
        status: 'cancelled',
        lastErrorCode: 'endpoint_disabled',
        nextAttemptAt: null,
      });
      expect(await statusesOf([b!])).toEqual(['delivered']);
      expect(await claim(store)).toEqual([]);
    });

    test('delete cancels, forgets the secrets, and keeps the log', async () => {
      const endpoint = await register(store, { destinationSettings: { a: '1' }, challenge: 'c' });
      const [a] = await publishAll(store, ['a']);
      expect(await deleteEndpoint(store, endpoint.id)).toBe(1);
      expect(await deleteEndpoint(store, endpoint.id)).toBeUndefined();
      expect(await getEndpoint(store, endpoint.id)).toBeUndefined();
      expect(await getDelivery(store, a!)).toMatchObject({
        status: 'cancelled',
        lastErrorCode: 'endpoint_deleted',
      });
      expect(await loadDelivery(store, a!)).toMatchObject({
        keys: [],
        endpoint: { settingsSealed: null, challengeSealed: null },
      });
    });
  });

  describe('verification', () => {
    test('holds deliveries until the challenge was answered', async () => {
      const endpoint = await register(store, { challenge: 'echo me' });
      expect(endpoint).toMatchObject({ status: 'pending', verificationAttempts: 0 });
      const [id] = await publishAll(store, ['a']);

      const failed = {
        error: { code: 'http_404' as const, message: 'It answered 404.' },
        statusCode: 404,
        answerExcerpt: 'Not found',
        leaseUntil: Date.now() + MINUTE,
      };
      expect(await recordChallenge(store, endpoint, failed)).toMatchObject({
        status: 'pending',
        verificationAttempts: 1,
        verificationError: 'http_404',
        verificationErrorMessage: 'It answered 404.',
        verificationStatusCode: 404,
        verificationAnswerExcerpt: 'Not found',
      });
      expect(await statusesOf([id!])).toEqual(['held']);

      expect(await recordChallenge(store, endpoint, ANSWERED)).toMatchObject({
        status: 'active',
        verificationAttempts: 2,
        verificationError: null,
        verificationErrorMessage: null,
        verificationStatusCode: 200,
        verificationAnswerExcerpt: '[challenge]',
        verifiedAt: expect.any(Number) as number,
      });
      expect(await pull(store)).toEqual([id]);
      expect(await statusesOf([id!])).toEqual(['pending']);
      expect(await recordChallenge(store, endpoint, ANSWERED)).toBeUndefined();
    });

    test('is not passed by an answer to the challenge of an earlier URL', async () => {
      const before = await register(store, { challenge: 'c1' });
      const url = 'https://elsewhere.example';
      const after = await updateEndpoint(store, before.id, { url, challenge: 'c2' });
      expect(await recordChallenge(store, before, ANSWERED)).toBeUndefined();
      expect(await recordChallenge(store, after as Endpoint, ANSWERED)).toMatchObject({
        status: 'active',
        url,
      });
    });

    test('is nobody’s while the first challenge is out, then whoever claims it first', async () => {
      const endpoint = await register(store, { challenge: 'c' });
      await register(store, { url: 'https://plain.example' });
      const lease = () => ({ limit: 10, leaseUntil: Date.now() + MINUTE });
      expect(await claimVerifications(store, lease())).toEqual([]);
      passTime(31_000);
      const other = await database.open();
      const claimed = await Promise.all([
        claimVerifications(store, lease()),
        claimVerifications(other, lease()),
      ]);
      expect(claimed.flat()).toEqual([endpoint.id]);
      await releaseLeases(store, { firstAttempts: true });
      expect(await claimVerifications(store, lease())).toEqual([endpoint.id]);
    });

    test.each([
      ['verified', (endpoint: Endpoint) => recordChallenge(store, endpoint, ANSWERED)],
      ['deleted', ({ id }: Endpoint) => deleteEndpoint(store, id)],
      [
        'disabled',
        ({ id }: Endpoint) => setEndpointStatus(store, id, { to: 'disabled', from: ['pending'] }),
      ],
    ])('is over once the endpoint is %s', async (_, end) => {
      const endpoint = await register(store, { challenge: 'c' });
      await end(endpoint);
      await releaseLeases(store, { firstAttempts: true });
      passTime(HOUR);
      expect(await claimVerifications(store, { limit: 10, leaseUntil: Date.now() })).toEqual([]);
    });

    test('can begin again', async () => {
      const endpoint = await register(store);
      const [id] = await publishAll(store, ['a']);
      const begun = await beginVerification(store, endpoint.id, 'new challenge');
      expect(begun).toMatchObject({ status: 'pending', verifiedAt: null, verificationAttempts: 0 });
      expect(begun!.verificationDeadline! - Date.now()).toBeGreaterThan(23 * HOUR);
      expect(store.sealer.open(begun!.challengeSealed!, `endpoints/${endpoint.id}/challenge`)).toBe(
        'new challenge',
      );
      expect(await statusesOf([id!])).toEqual(['held']);
      expect(await beginVerification(store, 'no-such-endpoint', 'c')).toBeUndefined();
    });
  });

  describe('keys', () => {
    test('rotate with an overlap in which the older ones sign along', async () => {
      const endpoint = await register(store);
      expect(await rotateKeys(store, endpoint.id, rotated('b'), Date.now() + HOUR)).toBe(true);
      expect(await rotateKeys(store, endpoint.id, rotated('c'), Date.now() + 2 * HOUR)).toBe(true);
      expect(await liveKeys(store, endpoint.id)).toEqual([rotated('c'), rotated('b'), SECRETS]);
      passTime(1.5 * HOUR);
      expect(await liveKeys(store, endpoint.id)).toEqual([rotated('c'), rotated('b')]);
      passTime(HOUR);
      expect(await liveKeys(store, endpoint.id)).toEqual([rotated('c')]);
    });

    test('rotate at once, and expired ones are deleted', async () => {
      const endpoint = await register(store);
      await rotateKeys(store, endpoint.id, rotated('b'), Date.now());
      expect(await liveKeys(store, endpoint.id)).toEqual([rotated('b')]);
      expect(await store.read.run('select * from endpoint_keys')).toHaveLength(1);
    });

    test('a private key is kept along', async () => {
      const keys = { ...SECRETS, privateKey: 'private' };
      const endpoint = await register(store, { chooseKeys: () => keys });
      expect(await liveKeys(store, endpoint.id)).toEqual([keys]);
    });

    test('rotations at once leave one current generation', async () => {
      const endpoint = await register(store);
      const other = await database.open();
      await Promise.all(
        ['b', 'c', 'd', 'e'].map((letter, index) =>
          rotateKeys(index % 2 ? store : other, endpoint.id, rotated(letter), Date.now() + HOUR),
        ),
      );
      expect(await liveKeys(store, endpoint.id)).toHaveLength(5);
      passTime(HOUR + 1000);
      expect(await liveKeys(store, endpoint.id)).toHaveLength(1);
    });

    test('a deleted endpoint gets none', async () => {
      const endpoint = await register(store);
      await deleteEndpoint(store, endpoint.id);
      expect(await rotateKeys(store, endpoint.id, rotated('b'), Date.now())).toBe(false);
      expect(await liveKeys(store, endpoint.id)).toEqual([]);
    });
  });
});
