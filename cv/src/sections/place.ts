import { countryCodeOf, countryName, readCountry } from './country';
import type { Address } from './personal-info';

const MAX_LINE = 500;

/**
 * A place in one line: `Warsaw, Poland`. Countries are written in English where their code has a name. Cut
 * where it is longer than a line of the CV: the parts say it all.
 */
export function lineOf(parts: Address): string {
  const line = wholeLineOf(parts);
  return line.length <= MAX_LINE ? line : line.slice(0, MAX_LINE).replace(/[\ud800-\udbff]$/, '');
}

/** The same, however long. */
export function wholeLineOf({ city, region, countryCode }: Address): string {
  const country = countryCode === undefined ? undefined : countryName(countryCode);
  return [city, region, country].filter((part) => part !== undefined && part !== '').join(', ');
}

/**
 * The parts of a line such as `Warsaw, Poland` or `Austin, Texas, United States`: city, region and
 * country. A line that would not come out the same again is a city as a whole.
 */
export function partsOf(line: string): Address {
  const names = line.split(', ');
  const countryCode = names.length > 1 ? countryCodeOf(names.at(-1) ?? '') : undefined;
  const [city, region, ...more] = countryCode === undefined ? names : names.slice(0, -1);
  const parts: Address = {
    city,
    ...(region !== undefined && { region }),
    ...(countryCode !== undefined && { countryCode }),
  };
  return more.length === 0 && wholeLineOf(parts) === line ? parts : { city: line };
}

/**
 * The parts with a code for the country. What is none, nor a country's English name, is at the end of the
 * region, so that the place in one line is the same.
 */
export function withCountryCode(parts: Address): Address {
  const { countryCode: given, ...others } = parts;
  if (given === undefined || given === '') return parts;
  const countryCode = readCountry(given);
  if (countryCode !== undefined) return { ...parts, countryCode };
  return { ...others, region: others.region ? `${others.region}, ${given}` : given };
}
