/**
 * The names that a field holds: a list where they were chosen, and a text with commas or line
 * breaks between them where an expression, an agent or a person wrote them. Numbers are names, too.
 */
export function namesIn(value: unknown): string[] {
  const names: unknown[] = typeof value === 'string' ? value.split(/[,\n]/) : toList(value);
  return names
    .filter((name) => typeof name === 'string' || typeof name === 'number')
    .map((name) => String(name).trim())
    .filter((name) => name !== '');
}

function toList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}
