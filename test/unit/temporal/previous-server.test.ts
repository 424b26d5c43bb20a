import { isServerOf } from '../../../temporal/src/previous-server';
import { isDamagedStore } from '../../../temporal/src/set-store-aside';

const SERVER = '/c/temporal server start-dev --db-filename /data/temporal-1.9.1.db --ip 127.0.0.1 ';

test('a dev server is known by its command and its folder', () => {
  expect(isServerOf(SERVER, '/data')).toBe(true);
  expect(isServerOf(SERVER, '/dat')).toBe(false);
  expect(isServerOf(SERVER, '/other')).toBe(false);
  expect(isServerOf('vim /data/temporal-1.9.1.db ', '/data')).toBe(false);
  expect(isServerOf('node main.js start ', '/data')).toBe(false);
});

test('a damaged store is known by SQLite’s words', () => {
  expect(isDamagedStore('Error: failed starting server: file is not a database (26)')).toBe(true);
  expect(isDamagedStore('database disk image is malformed')).toBe(true);
  expect(isDamagedStore('database is locked')).toBe(false);
});
