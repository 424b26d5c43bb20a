import { findSystem, normaliseOffset, validateEventData } from '@careerhooks/systems';

test.each([
  ['2026-11-24T09:30:00+0000', '2026-11-24T09:30:00+00:00'],
  ['2026-11-24T09:30:00.5-0530', '2026-11-24T09:30:00.5-05:30'],
  ['2026-11-24T09:30:00+02', '2026-11-24T09:30:00+02:00'],
  ['2026-11-24T09:30:00+00:00', '2026-11-24T09:30:00+00:00'],
  ['2026-11-24T09:30:00Z', '2026-11-24T09:30:00Z'],
  ['2026-11-24T09:30:00', '2026-11-24T09:30:00'],
  ['2026-11-24', '2026-11-24'],
  [null, null],
])('%j is %j', (time, normal) => {
  expect(normaliseOffset(time)).toBe(normal);
});

test('a documented time of an event may have an offset without a colon', () => {
  const system = findSystem('roleready')!;
  const data = { ...system.events['resume.parsed']!.example, parsedAt: '2024-11-14T10:05:00+0000' };
  expect(() => validateEventData(system, 'resume.parsed', data)).not.toThrow();
  expect(() =>
    validateEventData(system, 'resume.parsed', { ...data, parsedAt: '2024-11-14T10:05:00+00000' }),
  ).toThrow(/parsedAt/);
});
