/** Text as CareerHooks takes it: one line, no half of a surrogate pair, at most so many characters. */
export function oneLine(text: string, length: number): string {
  const clean = text.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim();
  return Array.from(clean).slice(0, length).join('');
}
