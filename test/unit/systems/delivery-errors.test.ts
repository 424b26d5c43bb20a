import { egressErrors } from '@careerhooks/egress';
import { type DeliveryErrorCode, deliveryErrors } from '@careerhooks/systems';

const all = Object.values(deliveryErrors).flatMap((stage) => Object.entries(stage));

test('each code is told once, with what it means and what to do', () => {
  expect(new Set(all.map(([code]) => code)).size).toBe(all.length);
  for (const [code, { meaning, remedy }] of all) {
    expect([code, meaning]).toEqual([code, expect.stringMatching(/^\S.*[^.]$/)]);
    expect([code, remedy]).toEqual([code, expect.stringMatching(/^\S.*[^.]$/)]);
  }
});

test('whatever fails in the attempt itself is what egress says', () => {
  expect(deliveryErrors.attempt).toBe(egressErrors);
});

test('a code that nobody knows does not compile', () => {
  const codes: DeliveryErrorCode[] = ['http_503', 'timeout', 'superseded', 'endpoint_gone'];
  // @ts-expect-error Misspelled.
  codes.push('superceded');
  // @ts-expect-error Not a status.
  codes.push('http_<status>');
  expect(codes).toHaveLength(6);
});
