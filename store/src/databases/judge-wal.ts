import type { Header } from './read-headers';
import type { Run } from './run-file';

/**
 * Whether a write-ahead log with something in it belongs to the database file beside it. SQLite itself
 * does not ask: it would bring the log of one database into another, which was put in its place.
 *
 * What a kill leaves always fits: each run writes its mark into the file itself before anything
 * else, and the file beside it has that mark. A file of an earlier run has another mark, our own backups have
 * none, and in a copy that SQLite has made (`.backup`, `vacuum into`) counters begin anew. Not noticed is a plain
 * copy of the file that was made during the same run, which is no backup.
 *
 * @param main the header of the file by itself; undefined where it is missing or empty.
 * @param frames the headers that the log brings, oldest first.
 * @param run what is known beside the file; undefined before this version.
 */
export function fits(
  main: Header | undefined,
  frames: readonly Header[],
  run: Run | undefined,
): boolean {
  // SQLite would delete the log, and begin anew.
  if (main === undefined) return false;
  if (run !== undefined) {
    const isOurs = ({ mark }: Header): boolean => run.marks.includes(mark);
    const isOlder = main.counter < run.counter || main.cookie < run.cookie;
    return isOurs(main) && !isOlder && frames.every(isOurs);
  }
  const first = frames[0];
  const last = frames.at(-1);
  if (first === undefined || last === undefined) return true;
  const isCopy = main.cookie > last.cookie || (main.cookie === 1 && first.cookie > 2);
  return !isCopy && main.mark === first.mark;
}
