/** Statements whose text depends on how many values there are could be endless. */
const MOST_KNOWN = 500;

const known = new Map<string, string>();

/** A statement with `$1`, `$2`, … where ours have `?`; none of ours has a question mark of another kind. */
export function numbered(sql: string): string {
  const seen = known.get(sql);
  if (seen !== undefined) return seen;
  let count = 0;
  const text = sql.replaceAll('?', () => `$${(count += 1)}`);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(sql, text);
  return text;
}
