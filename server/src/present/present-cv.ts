import type { z } from 'zod';
import type { CurrentCv } from '../cv/read';
import { cvExample, resumeExample } from '../examples/cv';
import type { SuccessAnswer } from '../operation';
import { cvOut, resume } from '../schemas/cv';
import { isoTime } from './times';

/** The CV, as the reference describes it. */
export const cvAnswer: SuccessAnswer = {
  description: 'The CV and its version',
  schema: cvOut,
  examples: { example: cvExample },
};

/** The CV as JSON Resume, as the reference describes it. */
export const resumeAnswer: SuccessAnswer = {
  description: 'The JSON Resume',
  schema: resume,
  examples: { example: resumeExample },
};

export function presentCv({ version, updatedAt, cv }: CurrentCv): z.output<typeof cvOut> {
  return { version, updated_at: isoTime(updatedAt), cv: { ...cv } };
}
