/**
 * What an expression gave, as text: objects and lists as JSON, nothing for null and undefined. A field
 * of text holds whatever its expression makes.
 */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value);
}

/**
 * Text as CareerHooks takes it: one line, no half of a surrogate pair, and whole characters within so
 * many UTF-16 units.
 */
export function oneLine(value: unknown, length: number): string {
  const clean = textOf(value)
    .replace(/[\p{Cc}\p{Cs}]+/gu, ' ')
    .trim();
  const cut = clean.slice(0, length);
  return (/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut).trimEnd();
}
