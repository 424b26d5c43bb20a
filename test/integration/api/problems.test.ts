import { createKey } from '@careerhooks/store';
import { openConfiguredStore } from '../../../cli/src/open-store';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import type { Answer, CallApi } from '../../support/call-api';
import { conformingApi } from '../../support/conforming';
import { example, type Journey, startJourney } from '../../support/journey';

let careerHooks: TestCareerHooks;
let call: CallApi;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
  ({ call } = await conformingApi(careerHooks.call));
});
afterAll(() => careerHooks.stop());

/** Expects a problem as RFC 9457 and the list of errors have it. */
function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer).toMatchObject({ status, body: { status, code, type: `/docs/errors#${code}` } });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body.title).toMatch(/\w/);
  expect(answer.body.detail).toMatch(/\w/);
}

const EVENT = {
  system: 'roleready',
  user: 'u1',
  type: 'resume.parsed',
  data: example('roleready', 'resume.parsed').data as object,
};
const ENDPOINT = { system: 'roleready', url: 'http://127.0.0.1:9/hook', events: ['*'] };

async function countAll(): Promise<number[]> {
  const lists = await Promise.all(
    ['/v1/events', '/v1/endpoints', '/v1/deliveries', '/v1/keys'].map((path) =>
      call('GET', `${path}?limit=200`),
    ),
  );
  return lists.map(({ body }) => body.data.length as number);
}

describe('tokens', () => {
  test.each([
    ['none', null],
    ['a wrong one', 'chk_wrong'],
    ['an empty one', ''],
    ["another scheme's", 'x y'],
  ])('%s is refused with a challenge', async (_, token) => {
    const answer = await call('GET', '/v1/events', undefined, { token });
    expectProblem(answer, 401, 'unauthorized');
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
  });

  test('one that was revoked is refused at once', async () => {
    const { body: key } = await call('POST', '/v1/keys', { system: 'cv', scopes: ['manage'] });
    const withKey = () => call('GET', '/v1/endpoints', undefined, { token: key.token });
    expect((await withKey()).status).toBe(200);
    const revoked = await call('DELETE', `/v1/keys/${key.id}`);
    expect(revoked.body.revoked_at).not.toBeNull();
    expectProblem(await withKey(), 401, 'unauthorized');
    expect((await call('DELETE', `/v1/keys/${key.id}`)).body.revoked_at).toBe(
      revoked.body.revoked_at,
    );
  });

  test('are shown once and never listed', async () => {
    const { body: key } = await call('POST', '/v1/keys', { system: 'cv', scopes: ['manage'] });
    const { body: keys } = await call('GET', '/v1/keys?limit=200');
    expect(keys.data.map(({ id }: { id: string }) => id)).toContain(key.id);
    expect(JSON.stringify(keys)).not.toContain(key.token);
  });
});

describe('scopes', () => {
  test('a key does only what its scopes say', async () => {
    const publisher = await careerHooks.key({ system: 'roleready', scopes: ['publish'] });
    const manager = await careerHooks.key({ system: 'roleready', scopes: ['manage'] });
    expectProblem(
      await call('POST', '/v1/endpoints', ENDPOINT, { token: publisher }),
      403,
      'forbidden',
    );
    expectProblem(await call('POST', '/v1/events', EVENT, { token: manager }), 403, 'forbidden');
    for (const token of [publisher, manager]) {
      expectProblem(await call('GET', '/v1/keys', undefined, { token }), 403, 'forbidden');
      expectProblem(
        await call('POST', '/v1/keys', { system: 'cv', scopes: ['manage'] }, { token }),
        403,
        'forbidden',
      );
      expect((await call('GET', '/v1/deliveries', undefined, { token })).status).toBe(200);
    }
  });

  test('a key of one user acts for no other user, and of one system for no other system', async () => {
    const token = await careerHooks.key({ system: 'roleready', user: 'u1' });
    expectProblem(
      await call('POST', '/v1/events', { ...EVENT, user: 'u2' }, { token }),
      403,
      'forbidden',
    );
    expectProblem(
      await call('POST', '/v1/endpoints', { ...ENDPOINT, user: 'u2' }, { token }),
      403,
      'forbidden',
    );
    expectProblem(
      await call('POST', '/v1/events', { ...EVENT, system: 'pathfinder' }, { token }),
      403,
      'forbidden',
    );
    expectProblem(
      await call('GET', '/v1/events/x?user=u2', undefined, { token }),
      403,
      'forbidden',
    );
  });
});

describe("another tenant's ids", () => {
  let owner: Journey;
  let strangers: string[];
  let ids: { endpoint: string; event: string; delivery: string; key: string };
  beforeAll(async () => {
    owner = await startJourney(careerHooks);
    const endpoint = await owner.register();
    const event = await owner.publish();
    const delivery = await owner.until(event, 'delivered');
    ids = { endpoint: endpoint.id, event: event.id, delivery: delivery.id, key: 'key_0' };
    strangers = [
      await careerHooks.key({ system: 'roleready', user: 'stranger' }),
      await careerHooks.key({ system: 'pathfinder' }),
      await careerHooks.key({ system: 'pathfinder', user: owner.user }),
    ];
  });

  test.each([
    ['GET', 'endpoints', 'endpoint', ''],
    ['PATCH', 'endpoints', 'endpoint', ''],
    ['DELETE', 'endpoints', 'endpoint', ''],
    ['POST', 'endpoints', 'endpoint', '/pause'],
    ['POST', 'endpoints', 'endpoint', '/resume'],
    ['POST', 'endpoints', 'endpoint', '/test'],
    ['POST', 'endpoints', 'endpoint', '/replay'],
    ['POST', 'endpoints', 'endpoint', '/verify'],
    ['POST', 'endpoints', 'endpoint', '/rotate-secret'],
    ['GET', 'events', 'event', ''],
    ['GET', 'deliveries', 'delivery', ''],
    ['POST', 'deliveries', 'delivery', '/retry'],
    ['POST', 'deliveries', 'delivery', '/cancel'],
  ] as const)('%s %s/{%s}%s: as if it were not there', async (method, path, what, action) => {
    const body = method === 'PATCH' ? { description: 'mine' } : undefined;
    const absent = await call(method, `/v1/${path}/absent${action}`, body);
    expectProblem(absent, 404, 'not_found');
    for (const token of strangers) {
      const answer = await call(method, `/v1/${path}/${ids[what]}${action}`, body, { token });
      expectProblem(answer, 404, 'not_found');
      expect(answer.body.detail.replace(ids[what], 'absent')).toBe(absent.body.detail);
    }
    expect(await owner.endpoint(ids.endpoint)).toMatchObject({ status: 'active' });
    expect(owner.receiver.requests).toHaveLength(1);
  });

  test('appear in no list and no statistic', async () => {
    for (const token of strangers) {
      for (const path of ['/v1/events', '/v1/endpoints', '/v1/deliveries']) {
        const { body } = await call('GET', path, undefined, { token });
        expect(JSON.stringify(body)).not.toContain(owner.user);
        expect(body.data).toEqual([]);
      }
      const byEndpoint = `/v1/deliveries?endpoint=${ids.endpoint}`;
      expect((await call('GET', byEndpoint, undefined, { token })).body.data).toEqual([]);
      const stats = await call('GET', `/v1/stats?endpoint=${ids.endpoint}`, undefined, { token });
      expect(stats.body.deliveries.total).toBe(0);
    }
  });
});

describe('bodies that are refused leave nothing behind', () => {
  let before: number[];
  beforeEach(async () => {
    before = await countAll();
  });
  afterEach(async () => {
    expect(await countAll()).toEqual(before);
  });

  test('not JSON', async () => {
    for (const raw of ['{', '', 'null,', '{"a":1}}', Buffer.from([0xff, 0xfe])]) {
      const answer = await call('POST', '/v1/events', undefined, { raw });
      expect([400, 415, 422]).toContain(answer.status);
    }
    expectProblem(await call('POST', '/v1/events', undefined, { raw: '{' }), 400, 'invalid_json');
  });

  test.each(['null', '"text"', '1', 'true', '[]', '[{}]'])(
    'JSON that is no object: %s',
    async (raw) => {
      for (const path of ['/v1/events', '/v1/endpoints', '/v1/keys']) {
        expectProblem(await call('POST', path, undefined, { raw }), 422, 'invalid_request');
      }
    },
  );

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])(
    'another media type: %s',
    async (type) => {
      const headers = { 'content-type': type };
      const answer = await call('POST', '/v1/events', EVENT, { headers });
      expectProblem(answer, 415, 'unsupported_media_type');
    },
  );

  test('no body, another charset, another encoding', async () => {
    expectProblem(await call('POST', '/v1/events'), 415, 'unsupported_media_type');
    const unreadable: Record<string, string>[] = [
      { 'content-type': 'application/json; charset=iso-8859-1' },
      { 'content-encoding': 'snappy' },
    ];
    for (const headers of unreadable) {
      const answer = await call('POST', '/v1/events', EVENT, { headers });
      expectProblem(answer, 415, 'unsupported_media_type');
    }
    const damaged = { headers: { 'content-encoding': 'gzip' } };
    expectProblem(await call('POST', '/v1/events', EVENT, damaged), 400, 'invalid_json');
  });

  test('2 MB', async () => {
    const data = { ...EVENT.data, note: 'x'.repeat(2_000_000) };
    expectProblem(await call('POST', '/v1/events', { ...EVENT, data }), 413, 'body_too_large');
  });

  test('10,000 events, or none', async () => {
    const small = { system: 'cv', user: 'u', type: 'x', data: {} };
    const many = await call('POST', '/v1/events', { events: Array(10_000).fill(small) });
    expectProblem(many, 422, 'invalid_request');
    expect(many.body.issues).toMatchObject([{ path: 'events' }]);
    expect(JSON.stringify(many.body).length).toBeLessThan(10_000);
    expectProblem(await call('POST', '/v1/events', { events: [] }), 422, 'invalid_request');
  });

  test('fields that are wrong, missing or unknown, each named', async () => {
    const one = await call('POST', '/v1/events', { ...EVENT, type: 7, data: [], tpye: 'x' });
    expectProblem(one, 422, 'invalid_request');
    const paths = one.body.issues.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(expect.arrayContaining(['type', 'data', '']));
    expect(one.body.detail).toContain('tpye');

    const batch = await call('POST', '/v1/events', { events: [EVENT, { ...EVENT, data: 'text' }] });
    expectProblem(batch, 422, 'invalid_request');
    expect(batch.body.issues).toMatchObject([{ path: 'events[1].data' }]);

    const spelt = await call('POST', '/v1/endpoints', { ...ENDPOINT, retries: 3 });
    expectProblem(spelt, 422, 'invalid_request');
    expect(spelt.body.detail).toContain('retries');
    expectProblem(
      await call('POST', '/v1/keys', { system: 'cv', scopes: ['root'] }),
      422,
      'invalid_request',
    );
  });

  test("data that is not as the system's document says, each field named, alone and in a batch", async () => {
    const data = { ...EVENT.data, success: 'yes', fileName: undefined };
    const one = await call('POST', '/v1/events', { ...EVENT, data });
    expectProblem(one, 422, 'invalid_event_data');
    expect(one.body.issues.map(({ path }: { path: string }) => path).sort()).toEqual([
      'data.fileName',
      'data.success',
    ]);
    const batch = await call('POST', '/v1/events', { events: [EVENT, { ...EVENT, data }] });
    expectProblem(batch, 422, 'invalid_event_data');
    expect(batch.body.issues.map(({ path }: { path: string }) => path).sort()).toEqual([
      'events[1].data.fileName',
      'events[1].data.success',
    ]);
  });

  test('a system, type or pattern that is not there', async () => {
    const other = { ...EVENT, system: 'hubspot' };
    expectProblem(await call('POST', '/v1/events', other), 422, 'unknown_system');
    expectProblem(
      await call('POST', '/v1/endpoints', { ...ENDPOINT, system: '__proto__' }),
      422,
      'unknown_system',
    );
    expectProblem(
      await call('POST', '/v1/keys', { system: 'constructor', scopes: ['manage'] }),
      422,
      'unknown_system',
    );
    for (const type of ['resume.eaten', 'constructor', '__proto__']) {
      expectProblem(
        await call('POST', '/v1/events', { ...EVENT, type }),
        422,
        'unknown_event_type',
      );
    }
    const misspelt = { ...ENDPOINT, events: ['resume.*', 'resumes.*', 'resume.'] };
    const answer = await call('POST', '/v1/endpoints', misspelt);
    expectProblem(answer, 422, 'unknown_event_type');
    expect(answer.body.issues).toHaveLength(2);
  });

  test('a user of the CV, which has none: the key or endpoint would get nothing', async () => {
    const wanted = { system: 'cv', user: 'user_1' };
    const key = await call('POST', '/v1/keys', { ...wanted, scopes: ['manage'] });
    const endpoint = await call('POST', '/v1/endpoints', { ...ENDPOINT, ...wanted, events: ['*'] });
    for (const answer of [key, endpoint]) {
      expectProblem(answer, 422, 'invalid_request');
      expect(answer.body.detail).toContain('leave user out');
      expect(answer.body.issues).toMatchObject([{ path: 'user' }]);
    }
  });

  test('what is told of lost critical events, of a system that has none', async () => {
    for (const events of [['delivery.failed'], ['resume.*', 'delivery.*']]) {
      const answer = await call('POST', '/v1/endpoints', { ...ENDPOINT, events });
      expectProblem(answer, 422, 'unknown_event_type');
    }
    const alerts = { system: 'pathfinder', url: ENDPOINT.url, verify: false };
    const made = await call('POST', '/v1/endpoints', { ...alerts, events: ['delivery.failed'] });
    expect(made.status).toBe(201);
    await call('DELETE', `/v1/endpoints/${made.body.id}`);
    const { body } = await call('GET', '/v1/systems');
    const told = body.data.filter(
      ({ operational_events: events }: { operational_events: unknown[] }) => events.length > 0,
    );
    expect(told.map(({ key }: { key: string }) => key)).toEqual(['pathfinder']);
  });

  test('whose event it is, and of which system, must be known', async () => {
    expectProblem(
      await call('POST', '/v1/events', { ...EVENT, user: undefined }),
      422,
      'invalid_request',
    );
    const batch = await call('POST', '/v1/events', { events: [{ ...EVENT, system: undefined }] });
    expectProblem(batch, 422, 'invalid_request');
  });

  test.each([
    ['not a URL', 'not a url', 'invalid_url'],
    ['relative', '/hook', 'invalid_url'],
    ['another scheme', 'ftp://example.com/x', 'invalid_url'],
    ['a script', 'javascript:alert(1)', 'invalid_url'],
    ['a file', 'file:///etc/passwd', 'invalid_url'],
    ['a user and password', 'https://user:secret-7@example.com/', 'invalid_url'],
    ['port 0', 'https://example.com:0/', 'invalid_url'],
  ])('a URL that is %s', async (_, url, code) => {
    const answer = await call('POST', '/v1/endpoints', { ...ENDPOINT, url });
    expectProblem(answer, 422, code);
    expect(JSON.stringify(answer.body)).not.toContain('secret-7');
  });

  test.each([
    ['a timeout over the document’s limit', { timeout_seconds: 11 }],
    ['more retries than the document’s limit', { max_retries: 4 }],
    ['a URL over 2048 characters', { url: `https://example.com/${'x'.repeat(2048)}` }],
    ['a header that frames the message', { headers: { 'Content-Length': '1' } }],
    ['a header with a line break', { headers: { 'X-Note': 'a\r\nX-Other: b' } }],
    ['a secret of one character', { secret: 'x' }],
    ['a NUL in a text', { description: 'a\0b' }],
    [
      '21 headers',
      { headers: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`X-${n}`, ''])) },
    ],
  ])('%s', async (_, wanted) => {
    const answer = await call('POST', '/v1/endpoints', { ...ENDPOINT, ...wanted });
    expect([answer.status, answer.body.code]).toEqual([422, expect.stringMatching(/^invalid_/)]);
    expect(answer.body.detail).toMatch(/header|secret|url|timeout|retries|description/i);
  });

  test('an Idempotency-Key with spaces or of 129 characters', async () => {
    for (const key of ['two words', 'x'.repeat(129)]) {
      const headers = { 'idempotency-key': key };
      const answer = await call('POST', '/v1/events', EVENT, { headers });
      expectProblem(answer, 422, 'invalid_request');
      expect(answer.body.issues).toMatchObject([{ path: 'Idempotency-Key' }]);
    }
  });
});

test('a key of a user of the CV, from when there were any, registers nothing', async () => {
  const store = await openConfiguredStore(careerHooks.settings, { journal: false });
  const old = { system: 'cv', user: 'user_1', scopes: ['manage' as const] };
  const { token } = await createKey(store, old);
  await store.close();
  const wanted = { url: ENDPOINT.url, events: ['cv.*'] };
  const answer = await call('POST', '/v1/endpoints', wanted, { token });
  expectProblem(answer, 422, 'invalid_request');
  expect(answer.body.detail).toContain('use a key that names none');
});

test('a secret that a problem is about is not repeated in it', async () => {
  const headers = { 'X-Gateway': 'gateway-token-7\n' };
  const answer = await call('POST', '/v1/endpoints', { ...ENDPOINT, headers });
  expect(answer.status).toBe(422);
  expect(JSON.stringify(answer.body)).not.toContain('gateway-token-7');
});

test('a URL that the owner has for another endpoint is taken', async () => {
  const journey = await startJourney(careerHooks);
  const first = await journey.register({ verify: false });
  const second = await journey.register({ verify: false, url: `${journey.receiver.url}2` });
  expectProblem(
    await call('PATCH', `/v1/endpoints/${second.id}`, { url: first.url }),
    409,
    'url_taken',
  );
  expect((await journey.endpoint(second.id)).url).toBe(`${journey.receiver.url}2`);
});

test('a patch is checked like a registration', async () => {
  const journey = await startJourney(careerHooks);
  const { id } = await journey.register();
  const patch = (body: unknown) => call('PATCH', `/v1/endpoints/${id}`, body);
  expectProblem(await patch({}), 422, 'invalid_request');
  expectProblem(await patch({ status: 'active' }), 422, 'invalid_request');
  expectProblem(await patch({ events: ['nothing.*'] }), 422, 'unknown_event_type');
  expectProblem(await patch({ url: 'ftp://example.com' }), 422, 'invalid_url');
});

test.each([
  ['GET', '/nowhere', 404, 'not_found'],
  ['PUT', '/v1/events', 404, 'not_found'],
  ['GET', '/v1/endpoints/%E0%A4%A', 422, 'invalid_request'],
  ['GET', '/v1/endpoints/%00', 422, 'invalid_request'],
  ['GET', `/v1/endpoints/${'x'.repeat(65)}`, 422, 'invalid_request'],
  ['GET', '/v1/events?limit=0', 422, 'invalid_request'],
  ['GET', '/v1/events?limit=201', 422, 'invalid_request'],
  ['GET', '/v1/events?limit=many', 422, 'invalid_request'],
  ['GET', '/v1/events?since=yesterday', 422, 'invalid_request'],
  ['GET', '/v1/deliveries?status=lost', 422, 'invalid_request'],
  ['GET', '/v1/deliveries?state=failed', 422, 'invalid_request'],
  ['GET', '/v1/deliveries?status=failed&status=held', 422, 'invalid_request'],
])('%s %s: %i %s', async (method, path, status, code) => {
  const answer = await careerHooks.call(method, path);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test.each(["' or 1=1 --", '01a2', 'zzz', '%', '☃'])(
  'a cursor of %s finds nothing to break',
  async (cursor) => {
    for (const path of ['events', 'endpoints', 'deliveries', 'keys']) {
      const answer = await call('GET', `/v1/${path}?cursor=${encodeURIComponent(cursor)}`);
      expect(answer.status).toBe(200);
    }
  },
);
