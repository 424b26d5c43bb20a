import { z } from 'zod';
import { jsonObject, timeOut } from './common';

export const cvOut = z
  .object({
    version: z.number().int().meta({ description: '0 before the first change' }),
    updated_at: timeOut.nullable(),
    cv: jsonObject,
  })
  .meta({ id: 'Cv' });

export const newCvChange = z.strictObject({
  // The CV judges action, section and data: what it refuses is in the history, with its reason.
  action: z.string().min(1).meta({ description: 'update, add, delete or sync', example: 'update' }),
  section: z.string().min(1).meta({ example: 'personalInfo' }),
  data: z
    .unknown()
    .refine((data) => data !== undefined, 'Required')
    .meta({ description: 'The fields or items, as docs/cv.md has them for each section' }),
});

export const committedCvChangeOut = z
  .object({
    id: z.string(),
    action: z.string(),
    section: z.string(),
    version: z.number().int().meta({ description: 'Of the CV, with this change' }),
    ids: z.array(z.string()).meta({ description: 'The items that changed' }),
  })
  .meta({ id: 'CommittedCvChange' });

const error = z.object({ code: z.string(), message: z.string().nullable() }).nullable();

export const cvChangeStatus = z.enum(['processing', 'completed', 'failed']);

export const cvChangeOut = z
  .object({
    id: z.string(),
    action: z.string(),
    section: z.string(),
    status: cvChangeStatus,
    received_at: timeOut,
    finished_at: timeOut.nullable(),
    processing_time: z.number().nullable().meta({ description: 'Seconds' }),
    error,
    steps: z.array(
      z.object({
        step: z.enum(['database', 'github', 'pdf', 'notification']),
        status: z.enum(['completed', 'retrying', 'failed', 'skipped']),
        tries: z.number().int(),
        at: timeOut,
        duration: z.number().meta({ description: 'Seconds' }),
        error,
      }),
    ),
  })
  .meta({ id: 'CvChange' });
