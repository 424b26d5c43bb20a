import { newId, newPrefixedId } from '../../../store/src/ids';

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
});
