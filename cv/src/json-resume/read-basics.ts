import { isDeepStrictEqual } from 'node:util';
import { check } from '../changes/check';
import { longText, personName, shortText } from '../sections/fields';
import { type Address, personalInfo, type PersonalInfo } from '../sections/personal-info';
import { countryCodeOf, lineOf, partsOf } from '../sections/place';
import { at, readFields, type Table } from './read-fields';
import {
  address,
  type Fields,
  isEmpty,
  isFields,
  picture,
  plainText,
  readText,
  text,
} from './read-values';
import type { Report } from './report';

const PERSON: Table = {
  name: text(personName, 'name'),
  title: text(shortText, 'label', 'headline', 'title'),
  email: {
    from: ['email'],
    read: (value, path, report) =>
      report.fit(personalInfo.shape.email, plainText(value)?.trim() ?? value, path),
  },
  phone: text(shortText, 'phone'),
  website: address('url', 'website'),
  summary: text(longText, 'summary'),
  image: picture('image', 'picture'),
};

const PLACE: Table = {
  address: text(shortText, 'address'),
  postalCode: text(shortText, 'postalCode'),
  city: text(shortText, 'city'),
  region: text(shortText, 'region'),
  countryCode: {
    from: ['countryCode', 'country'],
    read: (value, path, report) => {
      const country = readText(shortText, value, path, report);
      return country && (countryCodeOf(country) ?? country);
    },
  },
};

/** Who the CV is about, apart from the profiles. */
export function readBasics(basics: Fields, report: Report): PersonalInfo {
  const fields = readFields(basics, 'basics', PERSON, report, ['location', 'profiles']);
  return check(personalInfo, { ...fields, ...readPlace(basics.location, report) }, 'basics');
}

/**
 * A place in one line, beside its parts where these do not come out of the line again, or where `own`
 * says so. `line` is a line of its own, which the parts do not make.
 */
function readPlace(location: unknown, report: Report): Pick<PersonalInfo, 'location' | 'address'> {
  const path = 'basics.location';
  if (isEmpty(location)) return {};
  if (!isFields(location)) return { location: readText(shortText, location, path, report) };
  const { line: given, own } = location;
  const parts = readFields(location, path, PLACE, report, ['line', 'own']) as Address;
  const line =
    given === undefined ? lineOf(parts) : readText(shortText, given, at(path, 'line'), report);
  const isMade = Object.keys(parts).length === 0 || isDeepStrictEqual(partsOf(line ?? ''), parts);
  const isOwn = Array.isArray(own) && own.includes('address');
  return {
    ...(line !== undefined && line !== '' && { location: line }),
    ...(Object.keys(parts).length > 0 && (!isMade || isOwn || line === '') && { address: parts }),
  };
}
