import type { CvIssue } from '@careerhooks/cv';

const MOST_ISSUES = 20;

/**
 * Where a value has text that not every database, nor every reader of the CV, can hold: NUL, which
 * PostgreSQL refuses, and half of a surrogate pair, which UTF-8 does not have. Keys count as values do.
 */
export function findUnstorable(value: unknown): CvIssue[] {
  const issues: CvIssue[] = [];
  look('', value, issues);
  return issues.slice(0, MOST_ISSUES);
}

function look(path: string, value: unknown, issues: CvIssue[]): void {
  if (issues.length >= MOST_ISSUES) return;
  if (typeof value === 'string') {
    const message = faultOf(value);
    if (message !== undefined) issues.push({ path, message });
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => look(`${path}[${index}]`, item, issues));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const message = faultOf(key);
      if (message === undefined) look(path === '' ? key : `${path}.${key}`, inner, issues);
      else issues.push({ path, message: `has a name that ${message}` });
    }
  }
}

function faultOf(text: string): string | undefined {
  if (text.includes('\0')) return 'must not contain NUL (U+0000)';
  return text.isWellFormed() ? undefined : 'must not contain half of a surrogate pair';
}
