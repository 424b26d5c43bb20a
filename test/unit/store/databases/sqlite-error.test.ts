import { DatabaseUnavailable } from '@careerhooks/store';
import { isBusy, toOutage } from '../../../../store/src/databases/sqlite-error';

const sqlite = (code: string) => Object.assign(new Error('it failed'), { code });

test.each([
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_BUSY_SNAPSHOT', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_IOERR_SHMSIZE', 'full'],
  ['SQLITE_IOERR_FSYNC', 'away'],
  ['SQLITE_CANTOPEN', 'away'],
  ['SQLITE_READONLY', 'read_only'],
  ['SQLITE_READONLY_DBMOVED', 'replaced'],
  ['SQLITE_CORRUPT_VTAB', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
])('%s is the outage %s, and keeps its cause', (code, outage) => {
  const cause = sqlite(code);
  const error = toOutage(cause, '/nowhere/careerhooks.db') as DatabaseUnavailable;
  expect(error).toBeInstanceOf(DatabaseUnavailable);
  expect(error).toMatchObject({ code: 'database_unavailable', outage, cause });
  expect(error.message).toContain('/nowhere/careerhooks.db');
});

test('what the caller is to blame for stays as it is', () => {
  const constraint = sqlite('SQLITE_CONSTRAINT_UNIQUE');
  expect(toOutage(constraint, 'x')).toBe(constraint);
  expect(toOutage('text', 'x')).toBe('text');
});

test('only a lock of SQLite itself is waited for', () => {
  expect(isBusy(toOutage(sqlite('SQLITE_BUSY'), 'x'))).toBe(true);
  expect(isBusy(toOutage(sqlite('SQLITE_FULL'), 'x'))).toBe(false);
  // Another database has waited for its lock already.
  expect(isBusy(new DatabaseUnavailable('locked', '', { cause: sqlite('55P03') }))).toBe(false);
});
