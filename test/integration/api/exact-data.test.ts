import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { MAX_BODY_BYTES, systems } from '@careerhooks/systems';
import { anyObject, spaced } from '../../support/any-json';
import type { Answer } from '../../support/call-api';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { example, type Journey, startJourney } from '../../support/journey';

let careerHooks: TestCareerHooks;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(() => careerHooks.stop());

/** A type of each system; of Pathfinder one with `previous_attributes`. */
const TYPES: Record<string, string> = {
  ...Object.fromEntries([...systems].map(([key, { events }]) => [key, Object.keys(events)[0]!])),
  pathfinder: 'user.updated',
};
const VERBATIM = [...systems.values()]
  .filter(({ bodyForm }) => bodyForm === 'verbatim')
  .map(({ key }) => key);

/** Where the system challenges each URL: the test's own receiver echoes it. */
function challenged(system: string): boolean {
  return systems.get(system)!.challengesByDefault;
}

/** The documented fields of the system's type as text, for others to be put behind. */
function documented(system: string): string {
  return JSON.stringify(example(system, TYPES[system]).data).slice(1, -1);
}

/** A publication whose `data` has these members after the documented ones, as text. */
function publication(system: string, members: string, rest = ''): string {
  return `{"type":"${TYPES[system]}","data":{${documented(system)},${members}}${rest}}`;
}

function post(journey: Journey, raw: string | Buffer, headers: Record<string, string> = {}) {
  return journey.call('POST', '/v1/events', undefined, { raw, headers });
}

/** The text of the API's answer, which `call` would parse. */
async function textOf(journey: Journey, path: string): Promise<string> {
  const headers = { authorization: `Bearer ${journey.token}` };
  return (await fetch(`${careerHooks.url}${path}`, { headers })).text();
}

/** What Python reads, with numbers as their text and objects as lists of pairs: it loses nothing. */
function readByPython(bodies: (string | Buffer)[]): unknown[] {
  const program = `
import base64, json, sys
pairs = lambda found: {"pairs": [[key, value] for key, value in found]}
read = lambda body: json.loads(body, parse_int=lambda n: {"n": n}, parse_float=lambda n: {"n": n}, object_pairs_hook=pairs)
print(json.dumps([read(base64.b64decode(body)) for body in json.load(sys.stdin)]))`;
  const input = JSON.stringify(bodies.map((body) => Buffer.from(body).toString('base64')));
  const { status, stdout, stderr } = spawnSync('python3', ['-c', program], {
    input,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as unknown[];
}

const EXACT =
  '"total":9123456789654321987,"huge":1e400,"pi":3.14159265358979323846264338327950288,"one":1.0,"2":"b","1":"a","text":"caf\\u00e9 \\/ \\ud800 é"';

describe.each(VERBATIM)('%s: its receivers verify the bytes that came', (system) => {
  test('so data arrives, is kept and shown as it was published', async () => {
    const journey = await startJourney(careerHooks, system);
    await journey.register({ verify: challenged(system) });
    const answer = await post(journey, publication(system, EXACT));
    expect(answer.status).toBe(202);
    const { body } = (await journey.receiver.waitFor(1))[0]!;
    expect(body.toString()).toContain(`${documented(system)},${EXACT}}`);
    const shown = `"data":{${documented(system)},${EXACT}}`;
    expect(await textOf(journey, `/v1/events/${answer.body.id}`)).toContain(shown);
    expect(await textOf(journey, '/v1/events')).toContain(shown);
  });
});

test('fields that a client sends as null, and white space, change nothing of the others', async () => {
  const journey = await startJourney(careerHooks, 'pathfinder');
  await journey.register();
  const nulls = ', "previous_attributes": null, "id": null, "events": null';
  const answer = await post(journey, publication('pathfinder', EXACT, nulls));
  expect(answer.status).toBe(202);
  const { body } = (await journey.receiver.waitFor(1))[0]!;
  expect(body.toString()).toMatch(/"data":\{.*"total":9123456789654321987,.*\}\}$/);
});

test('whatever is published in whatever spacing arrives token by token, as Python reads it', async () => {
  const journey = await startJourney(careerHooks, 'pathfinder');
  await journey.register();
  const published = fc
    .sample(
      fc.tuple(anyObject, anyObject).map(([extra, previous]) => {
        const type = TYPES.pathfinder!;
        return `{"type":"${type}","data":{${documented('pathfinder')},"extra":${extra.join('')}},"previous_attributes":${previous.join('')}}`;
      }),
      40,
    )
    .map((text) => fc.sample(spaced(tokensOf(text)), 1)[0]!);
  for (const raw of published) {
    const answer = await post(journey, raw);
    expect([answer.status, raw]).toEqual([202, raw]);
  }
  const arrived = await journey.receiver.waitFor(published.length);
  const members = (read: unknown, names: string[]) =>
    (read as { pairs: [string, unknown][] }).pairs.filter(([name]) => names.includes(name));
  const names = ['data', 'previous_attributes'];
  const sent = readByPython(published).map((read) => members(read, names));
  const got = readByPython(arrived.map(({ body }) => body)).map((read) => members(read, names));
  expect(got.map((each) => JSON.stringify(each)).sort()).toEqual(
    sent.map((each) => JSON.stringify(each)).sort(),
  );
});

/** JSON's tokens, by its grammar. */
function tokensOf(text: string): string[] {
  return text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
}

describe('RoleReady: its receivers verify what JavaScript makes of a body', () => {
  const verifies = ({ body, headers }: { body: Buffer; headers: object }, secret: string) =>
    createHmac('sha256', secret)
      .update(JSON.stringify(JSON.parse(body.toString())))
      .digest('hex') === (headers as Record<string, string>)['x-webhook-signature'];

  test('so numbers are sent as JavaScript writes them, where they are the same', async () => {
    const journey = await startJourney(careerHooks);
    const { secret } = await journey.register();
    const members = '"a":1.0,"b": 1e2,"c":0.10,"2":"b","1":"a","text":"caf\\u00e9 \\uD800"';
    expect((await post(journey, publication('roleready', members))).status).toBe(202);
    const [request] = await journey.receiver.waitFor(1);
    expect(request!.body.toString()).toMatch(
      /"data":\{"1":"a","2":"b",.*"a":1,"b":100,"c":0\.1,"text":"café \\ud800"\}\}$/,
    );
    expect(verifies(request!, secret)).toBe(true);
  });

  test.each(['9123456789654321987', '1e400', '0.1234567890123456789'])(
    '%s would arrive as another number, and is refused',
    async (number) => {
      const journey = await startJourney(careerHooks);
      const fine = { type: TYPES.roleready, ...example('roleready', TYPES.roleready) };
      const batch = `{"events":[${JSON.stringify(fine)},${publication('roleready', `"sub":[{"total":${number}}]`)}]}`;
      const answer = await post(journey, batch);
      expect(answer).toMatchObject({
        status: 422,
        body: {
          code: 'inexact_number',
          detail: expect.stringContaining('Send it as a string') as string,
          issues: [{ path: 'events[1].data.sub[0].total' }],
        },
      });
      const asText = publication('roleready', `"total":"${number}"`);
      expect((await post(journey, asText)).status).toBe(202);
    },
  );
});

describe('a key that is there twice is refused, with its path', () => {
  test.each([
    ['roleready', publication('roleready', '"x":{"k":1,"k":1}'), 'data.x.k'],
    ['cv', publication('cv', '"x":[{"k":1, "\\u006b":1}]'), 'data.x[0].k'],
    ['cv', publication('cv', '"x":1', ',"data":{}'), 'data'],
    ['cv', `{"events":[${publication('cv', '"x":1,"x":2')}]}`, 'events[0].data.x'],
    ['cv', publication('cv', '"x":1', ',"id":"a","id":"a"'), 'id'],
  ])('%s: %s', async (system, raw, path) => {
    const journey = await startJourney(careerHooks, system);
    // JavaScript sees the last one only, so that a body may fail for other reasons before.
    const { status, body } = await post(journey, raw);
    expect([status, body.code]).toEqual(
      body.code === 'invalid_event_data' ? [422, 'invalid_event_data'] : [422, 'duplicate_key'],
    );
    expect(body.issues).toMatchObject([{ path }]);
  });

  test('also where what it hides is nested without end', async () => {
    const journey = await startJourney(careerHooks, 'cv');
    const deep = `"x":${'['.repeat(200_000)}${']'.repeat(200_000)},"x":1`;
    const answer = await post(journey, publication('cv', deep));
    expect(answer).toMatchObject({ status: 422, body: { code: 'duplicate_key' } });
  });
});

describe('publishing again', () => {
  const again = async (system: string, first: string, second: string): Promise<Answer> => {
    const journey = await startJourney(careerHooks, system);
    const id = ',"id":"e1"';
    expect((await post(journey, publication(system, first, id))).body.duplicate).toBe(false);
    return post(journey, publication(system, second, id));
  };

  test.each([
    ['with other white space', 'pathfinder', '"n":1.0,"m":[1,2]', '"n" : 1.0,\r\n"m":[ 1, 2 ]'],
    ['in other spelling, after JavaScript’s', 'pathfinder', '"n":1', '"n":1.0'],
    ['in JavaScript’s spelling, after another', 'pathfinder', '"n":1.0', '"n":1'],
    ['with keys in another order that JavaScript has', 'pathfinder', '"2":1,"1":2', '"1":2,"2":1'],
    ['in other spelling, to RoleReady', 'roleready', '"n":1.0', '"n":1e0'],
  ])('%s is a duplicate', async (_, system, first, second) => {
    expect((await again(system, first, second)).body).toMatchObject({ duplicate: true });
  });

  test.each([
    ['"n":9123456789654321987', '"n":9123456789654321988'],
    ['"n":9123456789654322000', '"n":9123456789654321987'],
    ['"n":1e400', '"n":null'],
    ['"n":null', '"n":1e400'],
  ])('%s and then %s is a conflict', async (first, second) => {
    expect(await again('pathfinder', first, second)).toMatchObject({
      status: 409,
      body: { code: 'idempotency_conflict' },
    });
  });
});

describe('what a body is written in', () => {
  const raw = publication('pathfinder', '"text":"é 🚀","n":1.0');
  const type = 'application/json';

  test.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${raw}`), { 'content-type': type }],
    ['UTF-8, compressed', gzipSync(raw), { 'content-encoding': 'gzip' }],
    ['UTF-16', Buffer.from(raw, 'utf16le'), { 'content-type': `${type}; charset=utf-16le` }],
  ] as [string, Buffer, Record<string, string>][])('%s is taken', async (_, bytes, headers) => {
    const journey = await startJourney(careerHooks, 'pathfinder');
    await journey.register();
    expect((await post(journey, bytes, headers)).status).toBe(202);
    const { body } = (await journey.receiver.waitFor(1))[0]!;
    expect(body.toString()).toContain('"text":"é 🚀","n":1.0}');
  });

  test.each([
    ['bytes that are not UTF-8', Buffer.from(raw, 'latin1'), type],
    [
      'UTF-16 with half of a pair',
      Buffer.from(raw.replace('🚀', '\ud800'), 'utf16le'),
      `${type}; charset=utf-16le`,
    ],
  ])('%s are refused, not replaced', async (_, bytes, contentType) => {
    const journey = await startJourney(careerHooks, 'pathfinder');
    const { status, body } = await post(journey, bytes, { 'content-type': contentType });
    expect([status, body.code, body.detail]).toEqual([
      400,
      'invalid_json',
      expect.stringContaining('The body is not valid UTF-'),
    ]);
  });
});

describe.each(Object.keys(TYPES))('%s: the largest body', (system) => {
  test('is 1 MiB with its envelope; what would be larger is refused, by how much', async () => {
    const journey = await startJourney(careerHooks, system);
    await journey.register({ verify: challenged(system) });
    const empty = await journey.call('POST', '/v1/events', undefined, {
      raw: publication(system, '"filler":""'),
    });
    expect(empty.status).toBe(202);
    const { body: smallest } = (await journey.receiver.waitFor(1))[0]!;
    const room = MAX_BODY_BYTES - smallest.length;

    const filled = (length: number) => publication(system, `"filler":"${'x'.repeat(length)}"`);
    expect(await post(journey, filled(room + 7))).toMatchObject({
      status: 413,
      body: {
        code: 'event_too_large',
        issues: [{ path: 'data', message: '7 bytes too large' }],
      },
    });
    const batch = await post(journey, `{"events":[${filled(room + 1)}]}`);
    expect(batch.body.issues).toMatchObject([{ path: 'events[0].data' }]);

    expect((await post(journey, filled(room))).status).toBe(202);
    const { body: largest } = (await journey.receiver.waitFor(2))[1]!;
    expect(largest).toHaveLength(MAX_BODY_BYTES);
  });
});
