const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** In English, where the code has a name; else the code. */
export function countryName(code: string): string {
  return (/^[A-Za-z]{2}$/.test(code) && english.of(code.toUpperCase())) || code;
}

let codes: ReadonlyMap<string, string> | undefined;

/** The code of a country by its English name, in any case. */
export function countryCodeOf(name: string): string | undefined {
  codes ??= new Map(everyCode().map((code) => [countryName(code).toLowerCase(), code]));
  return codes.get(name.toLowerCase());
}

/** ISO 3166-1 alpha-2 for such a code in any case, or a country's English name; undefined for else. */
export function readCountry(text: string): string | undefined {
  const plain = text.trim();
  return /^[a-z]{2}$/i.test(plain) ? plain.toUpperCase() : countryCodeOf(plain);
}

/** Every pair of letters that names a country; of two codes for one, the one that is in use. */
function everyCode(): string[] {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
  const pairs = letters.flatMap((first) => letters.map((second) => first + second));
  return pairs.filter((code) => new Intl.Locale(`und-${code}`).region === code && english.of(code));
}
