import { inWords, tellIssue } from '@careerhooks/systems';
import type { z } from 'zod';
import { CvError, type CvIssue } from '../errors';

/**
 * What `schema` makes of a value.
 *
 * @param path where the value stands in the change: `data[0]`.
 * @throws {CvError} `VALIDATION_FAILED`, with an issue for each field that is wrong.
 */
export function check<Output>(schema: z.ZodType<Output>, value: unknown, path: string): Output {
  const result = schema.safeParse(value, { error: inWords });
  if (result.success) return result.data;
  throw invalid(
    result.error.issues.map((issue) => ({
      path:
        path +
        issue.path
          .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
          .join(''),
      message: issue.message,
    })),
  );
}

/** The error for data that is not as documented. */
export function invalid(issues: CvIssue[]): CvError {
  const list = issues.map((issue) => tellIssue(issue, 'data')).join('; ');
  return new CvError(
    'VALIDATION_FAILED',
    `Invalid data format: ${list}`.slice(0, 1_000),
    issues.slice(0, 50),
  );
}

/** @throws {CvError} `ID_REPEATED` where two ids are the same but for their case. */
export function refuseRepeated(ids: readonly string[]): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(foldCase(id))) throw new CvError('ID_REPEATED', `"${id}" is given twice.`);
    seen.add(foldCase(id));
  }
}

/**
 * The spelling of an id among those that are there. Two that differ in case alone, which CVs from before
 * have, are told apart by their own spelling.
 */
export function findId(there: readonly string[], id: string): string | undefined {
  return there.includes(id) ? id : there.find((known) => foldCase(known) === foldCase(id));
}

/** Ids, networks and repositories are the same in any case. */
export function foldCase(id: string): string {
  return id.toLowerCase();
}
