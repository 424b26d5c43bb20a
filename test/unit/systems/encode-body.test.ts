import fc from 'fast-check';
import { encodeBody, JsonText, systems, type JsonObject } from '@careerhooks/systems';
import { everyDelivery, sampleEvent, system } from '../../support/sample-deliveries';
import { anyObject } from '../../support/any-json';

/** Any UTF-16 at all, so lone surrogates too. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }))
  .map((units) => String.fromCharCode(...units));

const anyData = fc
  .dictionary(
    fc.oneof(anyText, fc.constantFrom('__proto__', 'toJSON', '7', 'event_type', 'constructor')),
    fc.oneof(fc.jsonValue(), anyText, fc.double()),
    { noNullPrototype: true },
  )
  .map((data) => data as JsonObject);

test.each([...systems.values()])('$key: parsing and stringifying gives the same bytes', (of) => {
  const types = Object.keys(of.events);
  fc.assert(
    fc.property(fc.constantFrom(...types), anyText, anyData, fc.uuid(), (type, user, data, id) => {
      const event = sampleEvent(of, type, { user, data });
      const body = encodeBody(of, event, { id });
      const again = Buffer.from(JSON.stringify(JSON.parse(body.toString('utf8'))), 'utf8');
      expect(again.equals(body)).toBe(true);
      expect(encodeBody(of, { ...event, data: JsonText.of(data) }, { id }).equals(body)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

describe('what is kept goes out token by token', () => {
  test.each([...systems.values()].filter(({ key }) => key !== 'resumebuilder'))(
    '$key: as one part of the envelope',
    (of) => {
      const types = Object.keys(of.events);
      fc.assert(
        fc.property(fc.constantFrom(...types), anyObject, (type, tokens) => {
          const event = { ...sampleEvent(of, type), data: new JsonText(tokens.join('')) };
          const body = encodeBody(of, event, { id: 'd' }).toString();
          expect(body).toContain(`"data":${tokens.join('')}`);
          JSON.parse(body);
        }),
      );
    },
  );
});

test('every delivery is compact JSON in UTF-8', () => {
  for (const { body } of everyDelivery()) {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    expect(JSON.stringify(JSON.parse(text))).toBe(text);
  }
});

test('characters beyond ASCII are sent as they are', () => {
  const data = { fileName: 'Zoë 🚀.pdf' };
  const event = sampleEvent(system('roleready'), 'resume.parse_failed', { data });
  expect(encodeBody(system('roleready'), event, { id: 'd' }).includes('Zoë 🚀.pdf')).toBe(true);
});
