import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { shortText } from '../sections/fields';
import type { Address, PersonalInfo } from '../sections/personal-info';
import { readCountry } from '../sections/country';
import { lineOf, partsOf, withCountryCode } from '../sections/place';
import { at, readFields, type Table } from './read-fields';
import { type Field, type Fields, isEmpty, isFields, readText, text } from './read-values';
import type { Report } from './report';

const COUNTRY = ['countryCode', 'country'];

const PLACE: Table = {
  address: text(shortText, 'address'),
  postalCode: text(shortText, 'postalCode'),
  city: text(shortText, 'city'),
  region: text(shortText, 'region'),
  countryCode: {
    from: COUNTRY,
    read: (value, path, report) => {
      const country = readText(shortText, value, path, report);
      return country && (readCountry(country) ?? country);
    },
  },
};

/** A place in one line, from one, or from its parts. */
export function place(schema: z.ZodType<string>, ...from: string[]): Field {
  return {
    from,
    read: (value, path, report) => {
      if (!isFields(value)) return readText(schema, value, path, report);
      const { address, postalCode, ...parts } = readParts(value, path, report);
      for (const [key, part] of Object.entries({ address, postalCode })) {
        if (part !== undefined)
          report.ignore(at(path, key), 'is no part of the line that the CV has');
      }
      return readText(schema, lineOf(parts), path, report);
    },
  };
}

/**
 * Where somebody lives: in one line, beside its parts where these do not come out of the line again, or
 * where `own` says so. `line` is a line of its own, which the parts do not make.
 */
export function readPlace(
  location: unknown,
  path: string,
  report: Report,
): Pick<PersonalInfo, 'location' | 'address'> {
  if (isEmpty(location)) return {};
  if (!isFields(location)) return { location: readText(shortText, location, path, report) };
  const { line: given, own } = location;
  const parts = readParts(location, path, report, ['line', 'own']);
  const line =
    given === undefined ? lineOf(parts) : readText(shortText, given, at(path, 'line'), report);
  const isMade = Object.keys(parts).length === 0 || isDeepStrictEqual(partsOf(line ?? ''), parts);
  const isOwn = Array.isArray(own) && own.includes('address');
  return {
    ...(line !== undefined && line !== '' && { location: line }),
    ...(Object.keys(parts).length > 0 && (!isMade || isOwn || line === '') && { address: parts }),
  };
}

function readParts(
  location: Fields,
  path: string,
  report: Report,
  others: readonly string[] = [],
): Address {
  const parts = readFields(location, path, PLACE, report, others) as Address;
  const { countryCode } = parts;
  if (countryCode !== undefined && readCountry(countryCode) === undefined) {
    const key = COUNTRY.find((name) => !isEmpty(location[name])) ?? 'countryCode';
    report.ignore(at(path, key), 'is no code of a country, so that it is put to the region');
  }
  return withCountryCode(parts);
}
