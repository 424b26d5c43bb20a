import {
  challengeBody,
  challengeHeaders,
  encodeBody,
  JsonText,
  requestHeaders,
  systems,
} from '@careerhooks/systems';
import { CareerHooksTrigger } from '../../../nodes/CareerHooksTrigger/CareerHooksTrigger.node';
import { signingSecret } from '../../../nodes/CareerHooksTrigger/signing-secret';
import { type Answer, FakeN8n, Status, TOKEN, WEBHOOK_URL } from '../../support/fake-n8n';

const secret = signingSecret(TOKEN, { workflow: 'workflow-1', node: 'node-1' });
const keys = [{ secret, signingKey: secret }];
const timestamp = Math.floor(Date.now() / 1000);
const delivery = { id: '019c3b5e-7a10-7cc1-8f3e-5d2b9a64f0e1' };

/** What a system sends for the first event of its catalogue. */
function deliveryOf(key: string, over: { id?: string; type?: string } = {}) {
  const system = systems.get(key)!;
  const [first] = Object.keys(system.events);
  const type = over.type ?? first!;
  const { example, previousAttributesExample } = system.events[type]!;
  const event = {
    id: over.id ?? 'evt_1',
    type,
    user: 'user_123',
    data: JsonText.of(example),
    createdAt: timestamp * 1000,
    ...(previousAttributesExample && {
      previousAttributes: JsonText.of(previousAttributesExample),
    }),
  };
  const body = encodeBody(system, event, delivery);
  const envelope = JSON.parse(body.toString()) as Record<string, unknown>;
  const headers = requestHeaders({
    system,
    event,
    delivery,
    attempt: 2,
    lastAttempt: true,
    body,
    timestamp,
    keys,
  });
  return { envelope, data: example, body, headers };
}

function lowerCase(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

async function receive(
  headers: Record<string, string>,
  rawBody: Buffer | undefined,
  parameters: Record<string, unknown> = { simplify: true },
) {
  const n8n = new FakeN8n({
    headers: lowerCase(headers),
    parameters,
    // Renewing has tests of its own.
    mode: 'manual',
    ...(rawBody && { rawBody }),
  });
  const result = await new CareerHooksTrigger().webhook.call(n8n.context);
  return { n8n, result, item: result.workflowData?.[0]?.[0]?.json };
}

test.each([...systems.keys()])('tells when an event of %s happened', async (key) => {
  const { headers, body } = deliveryOf(key);
  const { item } = await receive(headers, body);
  expect(item).toHaveProperty('occurredAt', new Date(timestamp * 1000).toISOString());
});

test.each(['cv', 'roleready', 'pathfinder', 'proposals'])(
  'starts the workflow with the data of a delivery of %s',
  async (key) => {
    const { headers, body, data } = deliveryOf(key);
    const { item, n8n } = await receive(headers, body);
    expect(item).toMatchObject({
      id: 'evt_1',
      type: Object.keys(systems.get(key)!.events)[0],
      system: key,
      deliveryId: delivery.id,
      attempt: 2,
      lastAttempt: true,
      data,
    });
    expect(n8n.responses).toEqual([]);
  },
);

test('gives the bare body of ResumeBuilder as data', async () => {
  const { headers, body, envelope } = deliveryOf('resumebuilder');
  const { item } = await receive(headers, body);
  expect(item).toMatchObject({ system: 'resumebuilder', data: envelope });
});

test('says whose event it is and what was before, where the system says it', async () => {
  const ofRoleReady = deliveryOf('roleready');
  expect((await receive(ofRoleReady.headers, ofRoleReady.body)).item).toHaveProperty(
    'user',
    'user_123',
  );
  const ofPathfinder = deliveryOf('pathfinder', { type: 'user.updated' });
  const { item } = await receive(ofPathfinder.headers, ofPathfinder.body);
  expect(item).toHaveProperty('previousAttributes', ofPathfinder.envelope.previous_attributes);
});

test('gives the whole body as documented where it is not simplified', async () => {
  const { headers, body, envelope } = deliveryOf('pathfinder', { type: 'user.updated' });
  const { item } = await receive(headers, body, { simplify: false });
  expect(item).toMatchObject({ id: 'evt_1', body: envelope });
  expect(item).not.toHaveProperty('data');
});

test('gives ids as the producer chose them', async () => {
  const { headers, body } = deliveryOf('cv', { id: 'résumé 100%' });
  expect((await receive(headers, body)).item).toHaveProperty('id', 'résumé 100%');
});

test('answers a challenge that CareerHooks signed, and starts nothing', async () => {
  const body = challengeBody('3Uq0-secret');
  const headers = challengeHeaders({ system: systems.get('proposals')!, body, timestamp, keys });
  const { n8n, result } = await receive(headers, body);
  expect(n8n.responses).toEqual([{ status: 200, json: { challenge: '3Uq0-secret' } }]);
  expect(result).toEqual({ noWebhookResponse: true });
});

test.each(['no signature', 'a wrong signature'])(
  'answers no challenge of a stranger: %s',
  async (kind) => {
    const body = challengeBody('3Uq0-secret');
    const other = signingSecret('chk_other', { workflow: 'workflow-1', node: 'node-1' });
    const headers =
      kind === 'no signature'
        ? {}
        : challengeHeaders({
            system: systems.get('cv')!,
            body,
            timestamp,
            keys: [{ secret: other, signingKey: other }],
          });
    const { n8n, result } = await receive(headers, body);
    expect(result).toEqual({ noWebhookResponse: true });
    expect(n8n.responses).toMatchObject([{ status: 401 }]);
    expect(JSON.stringify(n8n.responses)).not.toContain('3Uq0-secret');
  },
);

test('starts nothing for a delivery whose body was changed on its way', async () => {
  const { headers, body } = deliveryOf('roleready');
  const { n8n, result } = await receive(headers, Buffer.concat([body, Buffer.from(' ')]));
  expect(result).toEqual({ noWebhookResponse: true });
  expect(n8n.responses).toMatchObject([{ status: 401 }]);
});

test('refuses a request without a body, or with one that is no object', async () => {
  const { headers } = deliveryOf('roleready');
  expect((await receive(headers, undefined)).n8n.responses).toMatchObject([{ status: 400 }]);
  const list = Buffer.from('[]');
  const signed = challengeHeaders({ system: systems.get('cv')!, body: list, timestamp, keys });
  expect((await receive(signed, list)).n8n.responses).toMatchObject([{ status: 400 }]);
});

test('tells in the log why a request was refused, without the secret', async () => {
  const { headers, body } = deliveryOf('roleready');
  const { n8n } = await receive({ ...headers, 'webhook-signature': 'v1,AAAA' }, body);
  expect(n8n.warnings.join()).toMatch(/signature is wrong/);
  expect(n8n.warnings.join()).not.toContain(secret.slice('whsec_'.length));
});

describe('a registration that CareerHooks has otherwise', () => {
  const { headers, body } = deliveryOf('roleready');
  const other = signingSecret('chk_other', { workflow: 'workflow-1', node: 'node-1' });
  const signedOtherwise = challengeHeaders({
    system: systems.get('roleready')!,
    body,
    timestamp,
    keys: [{ secret: other, signingKey: other }],
  });
  const parameters = { events: ['*'], schedule: 'extended', simplify: true };
  let instances = 0;

  /** One n8n, with its workflow published; each has an instance of its own, since renewing is rare. */
  function published(setup: Partial<ConstructorParameters<typeof FakeN8n>[0]> = {}) {
    const answer: Answer = ({ method, body: sent }) =>
      method === 'POST'
        ? { id: 'ep_1', status: 'active', ...sent }
        : { data: [], next_cursor: null };
    const instance = `n8n-${++instances}`;
    return (request: Record<string, string>) =>
      new FakeN8n({
        headers: lowerCase(request),
        rawBody: body,
        parameters,
        answer,
        instance,
        ...setup,
      });
  }
  const run = (n8n: FakeN8n) => new CareerHooksTrigger().webhook.call(n8n.context);

  test('another secret is renewed, and the delivery is asked for again', async () => {
    const n8n = published()(signedOtherwise);
    expect(await run(n8n)).toEqual({ noWebhookResponse: true });
    expect(n8n.changes).toEqual(['POST /v1/endpoints']);
    expect(n8n.sent[0]!.body).toMatchObject({ secret });
    expect(n8n.responses).toMatchObject([{ status: 503 }]);
    expect(n8n.responseHeaders.get('Retry-After')).toBe('2');
  });

  test('strangers make it renew once a minute, and are refused', async () => {
    const receiveAs = published();
    await run(receiveAs(signedOtherwise));
    const again = receiveAs(signedOtherwise);
    await run(again);
    expect(again.changes).toEqual([]);
    expect(again.responses).toMatchObject([{ status: 401 }]);
  });

  test('nothing is renewed for a request without a signature, nor in a test', async () => {
    const unsigned = published()({});
    await run(unsigned);
    const test = published({ mode: 'manual' })(signedOtherwise);
    await run(test);
    for (const n8n of [unsigned, test]) {
      expect(n8n.changes).toEqual([]);
      expect(n8n.responses).toMatchObject([{ status: 401 }]);
    }
  });

  test('it is renewed where it is registered, whatever URL n8n has by now', async () => {
    const url = 'https://n8n.example.com/webhook/old';
    const n8n = published({ staticData: { url } })(signedOtherwise);
    await run(n8n);
    expect(n8n.sent[0]!.body).toMatchObject({ url });
  });

  test('while CareerHooks refuses, the delivery is asked for again, and the log alone says why', async () => {
    const answer = () =>
      new Status(401, { title: 'The token is wrong', status: 401, code: 'unauthorized' });
    const n8n = published({ answer })(signedOtherwise);
    await run(n8n);
    expect(n8n.responses).toMatchObject([{ status: 503 }]);
    expect(n8n.warnings.join()).toContain('The token is wrong');
    expect(JSON.stringify(n8n.responses)).not.toContain('token');
  });

  test('another URL is registered as the first event arrives at the old one, which counts', async () => {
    const staticData = { url: 'http://127.0.0.1:5678/webhook/old' };
    const n8n = published({ staticData })(headers);
    const { workflowData } = await run(n8n);
    expect(workflowData).toHaveLength(1);
    expect(n8n.changes).toEqual(['POST /v1/endpoints']);
    expect(n8n.sent[0]!.body).toMatchObject({ url: WEBHOOK_URL });
    expect(n8n.staticData).toMatchObject({ url: WEBHOOK_URL });
  });

  test('where CareerHooks does not reach the new URL, it stays at the old one', async () => {
    const old = 'http://127.0.0.1:5678/webhook/old';
    const answer: Answer = ({ method, body: sent }) =>
      method === 'POST'
        ? { id: 'ep_1', status: sent?.url === old ? 'active' : 'pending', verification: null }
        : { data: [], next_cursor: null };
    const receiveAs = published({ staticData: { url: old }, answer });
    const n8n = receiveAs(headers);
    expect((await run(n8n)).workflowData).toHaveLength(1);
    expect(n8n.sent.map(({ body: sent }) => sent?.url)).toEqual([WEBHOOK_URL, old, undefined]);
    expect(n8n.staticData).toMatchObject({ url: old });
    const next = receiveAs(headers);
    await run(next);
    expect(next.changes).toEqual([]);
  });

  test('a URL that cannot be registered does not keep the event away', async () => {
    const staticData = { url: 'http://127.0.0.1:5678/webhook/old' };
    const n8n = published({ staticData, answer: () => new Status(503) })(headers);
    expect((await run(n8n)).workflowData).toHaveLength(1);
    expect(n8n.warnings.join()).toContain('could not renew');
  });
});

test('every trigger has a secret of its own, which follows its token', () => {
  const place = { workflow: 'a', node: 'b' };
  const secrets = [
    signingSecret(TOKEN, place),
    signingSecret(TOKEN, { ...place, workflow: 'c' }),
    signingSecret(TOKEN, { ...place, node: 'c' }),
    signingSecret('chk_other', place),
  ];
  expect(new Set(secrets).size).toBe(4);
  expect(secrets[0]).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
});
