import { type Received, systems } from '@careerhooks/systems';
import { type SampleDelivery, sampleDeliveries } from '../../support/sample-deliveries';

/** A delivery as Node's receivers have it. */
function receivedFrom({ headers, body }: SampleDelivery): Received {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { headers: Object.fromEntries(lower) as Received['headers'], body };
}

describe.each([...systems.values()])("$name's own verifier", (system) => {
  const deliveries = sampleDeliveries(system);
  const header = system.signature.header.toLowerCase();

  test('accepts every delivery under its secret, and none under another', () => {
    expect(deliveries.length).toBeGreaterThan(0);
    for (const delivery of deliveries) {
      const received = receivedFrom(delivery);
      expect(system.verify(received, delivery.keys[0]!.secret)).toBe(true);
      expect(system.verify(received, 'another secret')).toBe(false);
    }
  });

  test('refuses another body, and a signature that is missing or cut', () => {
    const [first, second] = deliveries.map(receivedFrom);
    const { secret } = deliveries[0]!.keys[0]!;
    const { [header]: signature, ...unsigned } = first!.headers;
    const cut = { ...unsigned, [header]: String(signature).slice(0, -1) };
    expect(system.verify({ ...first!, body: second!.body }, secret)).toBe(false);
    expect(system.verify({ ...first!, headers: unsigned }, secret)).toBe(false);
    expect(system.verify({ ...first!, headers: cut }, secret)).toBe(false);
  });

  test('reads the header that the system names, in the form that it tells', () => {
    const [before = '', after = ''] = system.signature.form.split('<hex>');
    for (const { headers } of deliveries) {
      const signature = headers[system.signature.header]!;
      expect(signature.startsWith(before) && signature.endsWith(after)).toBe(true);
      expect(signature.slice(before.length)).toMatch(/^[0-9a-f]{64}$/);
    }
  });
});
