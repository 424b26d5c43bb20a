/** The credential's base URL without the slashes at its end, which people copy along. */
export function baseUrlOf(value: unknown): string {
  return String(value).trim().replace(/\/+$/, '');
}
