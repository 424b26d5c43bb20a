import { inWords } from '@careerhooks/systems';
import type { z } from 'zod';
import type { CvIssue } from '../errors';

/** Something in a file that the CV has no place for, or that could not be read. */
export interface NotUnderstood {
  /** Where in the file: `work[2].startDate`. */
  path: string;
  reason: string;
}

/** What is told of a file while it is read. */
export class Report {
  readonly ignored: NotUnderstood[] = [];
  /** What is more than the CV takes: a file that has such is refused as a whole. */
  readonly refused: CvIssue[] = [];

  ignore(path: string, reason: string): void {
    this.ignored.push({ path, reason });
  }

  /** The value as `schema` has it; undefined where it does not fit, which is told. */
  fit<Output>(schema: z.ZodType<Output>, value: unknown, path: string): Output | undefined {
    const result = schema.safeParse(value, { error: inWords });
    if (result.success) return result.data;
    for (const { code, message } of result.error.issues.slice(0, 1)) {
      if (code === 'too_big') this.refused.push({ path, message });
      else this.ignore(path, message);
    }
    return undefined;
  }
}
