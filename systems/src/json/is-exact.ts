/**
 * Whether JavaScript's number, as `JSON.stringify` writes it, is the decimal number that this JSON
 * token says: `1.0`, `1e2` and `0.10` are, `9123456789654321987` and `1e400` are not.
 */
export function isExact(token: string): boolean {
  const own = String(Number(token));
  return own === token || decimalOf(own) === decimalOf(token);
}

/** One spelling for each decimal number; undefined for `Infinity`. */
function decimalOf(token: string): string | undefined {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(token);
  if (parts === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const digits = whole + fraction;
  // By hand: a pattern for the zeros at an end would look at each run of them again and again.
  let from = 0;
  while (digits[from] === '0') from += 1;
  let end = digits.length;
  while (end > from && digits[end - 1] === '0') end -= 1;
  if (from === end) return '0';
  const shift = Number(exponent) - fraction.length + (digits.length - end);
  return `${sign}${digits.slice(from, end)}e${shift}`;
}
