/**
 * An endpoint's extra headers under those that we set: header names do not
 * differ by case (RFC 9110, section 5.1), and no extra header may replace a
 * signature.
 */
export function mergeHeaders(
  extra: Record<string, string>,
  own: Record<string, string>,
): Record<string, string> {
  const taken = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const free = Object.entries(extra).filter(([name]) => !taken.has(name.toLowerCase()));
  return { ...Object.fromEntries(free), ...own };
}
