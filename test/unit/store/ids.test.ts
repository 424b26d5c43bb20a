import { firstIdAt, newId, newPrefixedId } from '../../../store/src/ids';

describe('ids', () => {
  test('are UUIDv7, or one without dashes behind a prefix', () => {
    expect(newId()).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(newPrefixedId('ep')).toMatch(/^ep_[0-9a-f]{12}7[0-9a-f]{19}$/);
  });

  test('sort in the order in which they were made, within a millisecond too', () => {
    for (const make of [newId, () => newPrefixedId('evt')]) {
      const ids = Array.from({ length: 5000 }, make);
      expect([...ids].sort()).toEqual(ids);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  test('begin with the time', () => {
    const milliseconds = Number.parseInt(newId().replaceAll('-', '').slice(0, 12), 16);
    expect(Math.abs(milliseconds - Date.now())).toBeLessThan(1000);
  });

  test('are bounded by the first of a time', () => {
    const before = Date.now();
    const id = newId();
    const after = Date.now();
    expect(firstIdAt(before) <= id).toBe(true);
    // An id may run ahead of the clock by what sets it apart from the one before.
    expect(id < firstIdAt(after + 1_000)).toBe(true);
    expect(firstIdAt(0)).toBe('00000000-0000-7000-8000-000000000000');
  });
});
