import { isDeepStrictEqual } from 'node:util';
import type { Report } from './report';
import { type Field, type Fields, isEmpty } from './read-values';

export type Table = Readonly<Record<string, Field>>;

/**
 * The fields of `table` that an object of a file has. What it has beside them, and beside `others`, which
 * the caller reads, is told.
 */
export function readFields(
  object: Fields,
  path: string,
  table: Table,
  report: Report,
  others: readonly string[] = [],
): Fields {
  const read: Fields = {};
  const known = new Set(others);
  for (const [name, field] of Object.entries(table)) {
    for (const key of field.from) known.add(key);
    const value = readField(object, path, field, report);
    if (value !== undefined) read[name] = value;
  }
  for (const [key, value] of Object.entries(object)) {
    if (!known.has(key) && !isEmpty(value)) tellUnknown(report, at(path, key));
  }
  return read;
}

export function tellUnknown(report: Report, path: string): void {
  report.ignore(path, 'is no field that the CV has');
}

export function at(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function readField(object: Fields, path: string, { from, read }: Field, report: Report): unknown {
  let taken: { key: string; value: unknown } | undefined;
  for (const key of from) {
    const given = Object.hasOwn(object, key) ? object[key] : undefined;
    if (isEmpty(given)) continue;
    const value = read(given, at(path, key), report);
    if (value === undefined || isEmpty(value)) continue;
    if (taken === undefined) taken = { key, value };
    else if (!isDeepStrictEqual(value, taken.value)) {
      report.ignore(at(path, key), `says other than ${taken.key}`);
    }
  }
  return taken?.value;
}
