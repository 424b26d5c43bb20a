import { encodeBody, excessBytes, JsonText, MAX_BODY_BYTES, systems } from '@careerhooks/systems';

/** Ids and times as the store makes them. */
const id = `evt_${'f'.repeat(32)}`;
const delivery = { id: '019c3b5e-7a10-7cc1-8f3e-5d2b9a64f0e1' };

describe.each([...systems.values()])('$key: the largest body', (system) => {
  const [type = ''] = Object.keys(system.events);
  const user = '\\"ж'.repeat(66);
  const eventOf = (filler: string) => ({
    type,
    user,
    data: JsonText.of({ filler }),
    previousAttributes: JsonText.of({ old: 1 }),
  });
  const sizeOf = (filler: string) =>
    encodeBody(system, { ...eventOf(filler), id, createdAt: Date.now() }, delivery).length;

  test.each(['x', 'ж', '\u2028', '🚀'])('is 1 MiB with its envelope, of %j', (character) => {
    const bytes = Buffer.byteLength(character);
    const room = MAX_BODY_BYTES - sizeOf('');
    const fits = character.repeat(Math.floor(room / bytes)) + 'x'.repeat(room % bytes);
    expect(sizeOf(fits)).toBe(MAX_BODY_BYTES);
    expect(excessBytes(system, eventOf(fits))).toBe(0);
    expect(excessBytes(system, eventOf(`${fits}x`))).toBe(1);
    expect(excessBytes(system, eventOf(fits + character.repeat(1_000)))).toBe(1_000 * bytes);
  });

  test('counts the id that the producer has chosen', () => {
    const event = { ...eventOf('x'.repeat(MAX_BODY_BYTES)), id: 'i'.repeat(128) };
    const { length } = encodeBody(system, { ...event, createdAt: Date.now() }, delivery);
    expect(excessBytes(system, event)).toBe(length - MAX_BODY_BYTES);
  });
});
