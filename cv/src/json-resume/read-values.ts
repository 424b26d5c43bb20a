import { z } from 'zod';
import { date, endDate, imageAddress, PRESENT, webAddress } from '../sections/fields';
import { isPresent, readDate } from './read-date';
import type { Report } from './report';

export type Fields = Record<string, unknown>;

/** What a value of a file is in the CV; undefined where it is not understood, which the report has then. */
type Read = (value: unknown, path: string, report: Report) => unknown;

/** A field of the CV, from the first of these fields of the file that says something. */
export interface Field {
  from: readonly string[];
  read: Read;
}

export function text(schema: z.ZodType<string>, ...from: string[]): Field {
  return { from, read: (value, path, report) => readText(schema, value, path, report) };
}

/** Texts: of a list, or of one text with a line, or with `commas` an entry, for each. */
export function list(
  schema: z.ZodArray<z.ZodString>,
  options: { commas: boolean },
  ...from: string[]
): Field {
  return { from, read: (value, path, report) => readList(schema, value, path, report, options) };
}

export function address(...from: string[]): Field {
  return { from, read: (value, path, report) => readAddress(webAddress, value, path, report) };
}

/** A picture's address, or the picture in a data: URL. */
export function picture(...from: string[]): Field {
  return {
    from,
    read: (value, path, report) => {
      const plain = readText(z.string(), value, path, report);
      if (plain === undefined || plain.startsWith('data:')) {
        return plain && report.fit(imageAddress, plain, path);
      }
      if (!/^[^/:]+\.(png|jpe?g|gif|svg|webp)$/i.test(plain)) {
        return readAddress(imageAddress, plain, path, report);
      }
      report.ignore(path, 'is the name of a file: a picture needs an http or https URL');
      return undefined;
    },
  };
}

export function day(...from: string[]): Field {
  return { from, read: (value, path, report) => readDay(date, value, path, report) };
}

export function lastDay(...from: string[]): Field {
  return {
    from,
    read: (value, path, report) =>
      typeof value === 'string' && isPresent(value)
        ? PRESENT
        : readDay(endDate, value, path, report),
  };
}

export function readText(
  schema: z.ZodType<string>,
  value: unknown,
  path: string,
  report: Report,
): string | undefined {
  const plain = Array.isArray(value)
    ? value.every((line) => typeof line === 'string')
      ? told(value.join('\n'), path, report)
      : undefined
    : told(value, path, report);
  if (plain !== undefined) return report.fit(schema, plain, path);
  report.ignore(path, 'must be text');
  return undefined;
}

/** The text without what no reader of a CV shows. */
export function plainText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  // eslint-disable-next-line no-control-regex
  return value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');
}

/** The same; that something was left out is told. */
function told(value: unknown, path: string, report: Report): string | undefined {
  const plain = plainText(value);
  if (typeof value === 'string' && plain !== value) {
    report.ignore(path, 'has control characters, which are left out');
  }
  return plain;
}

function readList(
  schema: z.ZodArray<z.ZodString>,
  value: unknown,
  path: string,
  report: Report,
  { commas }: { commas: boolean },
): string[] | undefined {
  if (typeof value !== 'string' && !Array.isArray(value)) {
    report.ignore(path, 'must be a list of texts');
    return undefined;
  }
  const isList = Array.isArray(value);
  const entries: unknown[] = isList ? value : entriesOf(value, commas);
  const texts = entries.flatMap((entry, index) => {
    if (isEmpty(entry)) return [];
    return readText(schema.element, entry, isList ? `${path}[${index}]` : path, report) ?? [];
  });
  return report.fit(schema, texts, path);
}

/** The entries of one text, without the marks before them. */
function entriesOf(value: string, commas: boolean): string[] {
  const entries = value.split(commas ? /[\n,;]/ : /\r?\n/);
  return entries.map((entry) => entry.trim().replace(/^[-*•·–]\s+/, '')).filter(Boolean);
}

function readAddress(
  schema: z.ZodType<string>,
  value: unknown,
  path: string,
  report: Report,
): string | undefined {
  const plain = plainText(value)?.trim();
  if (plain === undefined) {
    report.ignore(path, 'must be a URL');
    return undefined;
  }
  return report.fit(schema, withScheme(plain), path);
}

/** `example.com/me` as `https://example.com/me`; what has a scheme, or is no address, as it is. */
function withScheme(plain: string): string {
  if (plain.startsWith('//')) return `https:${plain}`;
  const isHost = /^[\p{L}\p{N}.-]+\.[\p{L}\p{N}-]+(:\d+)?([/?#]|$)/u.test(plain);
  return isHost ? `https://${plain}` : plain;
}

function readDay(
  schema: z.ZodType<string>,
  value: unknown,
  path: string,
  report: Report,
): string | undefined {
  const { year, month, day: ofMonth } = isFields(value) ? value : {};
  const given = plainText(
    year === undefined ? value : [year, month, ofMonth].filter(Boolean).join('-'),
  );
  const found = given === undefined ? undefined : readDate(given);
  if (found !== undefined) return report.fit(schema, found, path);
  report.ignore(path, 'is no date such as 2018, 2018-01 or 2018-01-31');
  return undefined;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value says nothing: null, empty text, or a list or object of such. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.values(value).every(isEmpty);
}
