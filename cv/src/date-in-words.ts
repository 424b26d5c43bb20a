const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A date as exact as the CV has it: `12 Mar 2024`, `Mar 2024`, `2024`; anything else as it is, and `''` for none. */
export function dateInWords(date: string | undefined): string {
  const [, year = '', month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(date ?? '') ?? [];
  if (month === undefined) return date ?? '';
  const name = MONTHS[Number(month) - 1] ?? month;
  return `${day === undefined ? '' : `${Number(day)} `}${name} ${year}`;
}
