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

const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

function countryName(code: string): string {
  return (/^[A-Za-z]{2}$/.test(code) && english.of(code.toUpperCase())) || code;
}

let codes: ReadonlyMap<string, string> | undefined;

/** The code of a country by its English name. */
export function countryCodeOf(name: string): string | undefined {
  codes ??= new Map(everyCode().map((code) => [countryName(code), code]));
  return codes.get(name);
}

/** Every pair of letters that names a country; of two codes for one, the one that is in use. */
function everyCode(): string[] {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
  const pairs = letters.flatMap((first) => letters.map((second) => first + second));
  return pairs.filter((code) => new Intl.Locale(`und-${code}`).region === code && english.of(code));
}
