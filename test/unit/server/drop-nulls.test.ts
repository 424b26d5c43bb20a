import { nullDropper } from '../../../server/src/drop-nulls';
import { replayEndpointOperation } from '../../../server/src/operations/endpoints/replay-endpoint';
import { endpointPatch, newEndpoint } from '../../../server/src/schemas/endpoint';
import { publication } from '../../../server/src/schemas/event';

/** What is left of a body. */
function left(schema: Parameters<typeof nullDropper>[0], body: unknown): unknown {
  const copy = structuredClone(body);
  nullDropper(schema)(copy);
  return copy;
}

const EVENT = { type: 'resume.parsed', data: { resumeId: 'r1' } };

test('null for an optional field of an event is left out, alone and in a batch', () => {
  const sent = { ...EVENT, system: null, user: null, previous_attributes: null, id: null };
  expect(left(publication, sent)).toEqual(EVENT);
  expect(left(publication, { events: [sent, EVENT] })).toEqual({ events: [EVENT, EVENT] });
});

test('null inside of data and previous_attributes is data', () => {
  const sent = {
    type: 'resume.updated',
    data: { title: null, inner: { deep: null }, list: [null] },
    previous_attributes: { title: null },
  };
  expect(left(publication, sent)).toEqual(sent);
});

test('a client with one class for an event and a batch sends the other’s fields as null', () => {
  expect(left(publication, { ...EVENT, events: null })).toEqual(EVENT);
  const batch = { events: [EVENT], type: null, data: null, user: null };
  expect(left(publication, batch)).toEqual({ events: [EVENT] });
});

test('null for what is required, or not known, stays, so that it is refused', () => {
  for (const sent of [
    { type: null, data: {} },
    { ...EVENT, colour: null },
    { events: [{ ...EVENT, type: null }] },
    { events: [null] },
    null,
    [],
    'text',
  ]) {
    expect(left(publication, sent)).toEqual(sent);
    expect(publication.safeParse(left(publication, sent)).success).toBe(false);
  }
});

test('null that takes something back is kept, and other nulls change nothing', () => {
  const sent = { description: null, timeout_seconds: null, max_retries: null, rate_limit: null };
  expect(left(endpointPatch, { ...sent, url: null, headers: null, secret: null })).toEqual(sent);
});

test('null for a field with a default means the default', () => {
  const body = left(replayEndpointOperation.body!, { status: null, since: null });
  expect(replayEndpointOperation.body!.parse(body)).toEqual({ status: ['failed', 'expired'] });
});

test('every optional field of a new endpoint may be null', () => {
  const required = { url: 'https://hooks.example.com', events: ['*'] };
  const all = Object.fromEntries(Object.keys(newEndpoint.shape).map((name) => [name, null]));
  expect(newEndpoint.safeParse(left(newEndpoint, { ...all, ...required })).error).toBeUndefined();
});
