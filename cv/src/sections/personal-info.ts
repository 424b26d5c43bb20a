import { z } from 'zod';
import { readCountry } from './country';
import { emailAddress } from './email-address';
import { clearable, imageAddress, longText, personName, shortText, webAddress } from './fields';

/** ISO 3166-1 alpha-2, also from such a code in small letters, and from a country's English name. */
const country = z.preprocess(
  (value) => (typeof value === 'string' ? (readCountry(value) ?? value) : value),
  z.string().regex(/^[A-Z]{2}$/, 'must be the code of a country, of two letters, such as PL'),
);

/** A place in parts, as an address book has it; `location` is the same in one line. */
const address = z.strictObject({
  address: clearable(shortText),
  postalCode: clearable(shortText),
  city: clearable(shortText),
  region: clearable(shortText),
  countryCode: clearable(country),
});

export type Address = z.output<typeof address>;

/** Who the CV is about. Every field may be given alone: an update merges what it brings. */
export const personalInfo = z.strictObject({
  name: clearable(personName),
  title: clearable(shortText),
  email: clearable(emailAddress),
  phone: clearable(shortText),
  location: clearable(shortText),
  address: clearable(address),
  summary: clearable(longText),
  website: clearable(webAddress),
  image: clearable(imageAddress),
});

export type PersonalInfo = z.output<typeof personalInfo>;
