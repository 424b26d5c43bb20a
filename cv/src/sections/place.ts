import { countryCodeOf, countryName, readCountry } from './country';
import type { Address } from './personal-info';

/**
 * A place in one line: `Warsaw, Poland`. Countries are written in English where their code has a name.
 */
export function lineOf({ city, region, countryCode }: Address): string {
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
  return more.length === 0 && lineOf(parts) === line ? parts : { city: line };
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
