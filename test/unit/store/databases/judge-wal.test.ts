import { fits } from '../../../../store/src/databases/judge-wal';

const header = (mark: number, counter: number, cookie = 60) => ({ mark, counter, cookie });
const run = { marks: [7], counter: 12, cookie: 60 };

describe('what a kill leaves fits', () => {
  test.each([
    ['when nothing of the log had come into the file', header(7, 12), [header(7, 13)]],
    ['when part of it had', header(7, 14), [header(7, 13), header(7, 14), header(7, 15)]],
    ['when the log does not touch the first page', header(7, 20), []],
    ['after a VACUUM', header(7, 13, 61), [header(7, 13, 61)]],
  ])('%s', (_, main, frames) => {
    expect(fits(main, frames, run)).toBe(true);
  });

  test('when the mark of the run had come into the log alone', () => {
    const starting = { marks: [7, 9], counter: 12, cookie: 60 };
    expect(fits(header(7, 14), [header(7, 14), header(9, 15)], starting)).toBe(true);
    expect(fits(header(9, 15), [header(7, 14), header(9, 15)], starting)).toBe(true);
  });

  test('when an older version ran, which wrote nothing beside the file', () => {
    expect(fits(header(0, 3), [header(0, 3)], undefined)).toBe(true);
    expect(fits(header(0, 3), [], undefined)).toBe(true);
    // In the middle of an upgrade.
    expect(fits(header(0, 3, 50), [header(0, 4, 62)], undefined)).toBe(true);
    // Restored by an older version, long ago.
    expect(fits(header(0, 3, 1), [header(0, 3, 1)], undefined)).toBe(true);
  });
});

describe('the log of another database does not fit', () => {
  test.each([
    ['a copy that SQLite made in the same run', header(7, 1, 1), [header(7, 13)]],
    ['one that was written to since', header(7, 12, 1), [header(7, 13)]],
    ['a copy by `vacuum into`', header(7, 1, 61), []],
    ['our own backup', header(0, 12), [header(7, 13)]],
    ['a file of an earlier run', header(6, 40), [header(7, 13)]],
    ['a file from before this version', header(0, 40), []],
    ['a log that was put beside the file', header(7, 13), [header(6, 9)]],
    ['no file at all', undefined, [header(7, 13)]],
  ])('%s', (_, main, frames) => {
    expect(fits(main, frames, run)).toBe(false);
  });

  test.each([
    ['a backup', header(0, 1, 1), [header(0, 2)]],
    ['a copy by `vacuum into`', header(0, 1, 61), [header(0, 2)]],
    ['a file of a newer version', header(5, 9), [header(0, 9)]],
  ])('where an older version ran: %s', (_, main, frames) => {
    expect(fits(main, frames, undefined)).toBe(false);
  });
});
