import { z } from 'zod';
import { jsonObject, timeOut, trueOrFalse } from './common';

export const cvOut = z
  .object({
    version: z.number().int().meta({ description: '0 before the first change' }),
    updated_at: timeOut
      .nullable()
      .meta({ description: 'When it was changed last; null before the first change' }),
    cv: jsonObject.meta({ description: 'The CV: a field for each section' }),
  })
  .meta({ id: 'CurrentCv', description: 'The CV and its version' });

export const newCvChange = z
  .strictObject({
    // The CV judges action, section and data: what it refuses is in the history, with its reason.
    action: z
      .string()
      .min(1)
      .meta({ description: 'update, add, delete, move or sync', example: 'update' }),
    section: z
      .string()
      .min(1)
      .meta({ description: 'Section of the CV that it changes', example: 'personalInfo' }),
    data: z
      .unknown()
      .refine((data) => data !== undefined, 'is missing')
      .meta({ description: 'The fields or items, as docs/cv.md has them for each section' }),
  })
  .meta({ id: 'NewCvChange', description: 'A change of the CV to make' });

export const committedCvChangeOut = z
  .object({
    id: z.string().meta({ description: 'Id of the change' }),
    action: z.string().meta({ description: 'What it did: update, add, delete, move or sync' }),
    section: z.string().meta({ description: 'Section of the CV that it changed' }),
    version: z.number().int().meta({ description: 'Of the CV, with this change' }),
    ids: z.array(z.string()).meta({ description: 'The items that changed' }),
    warnings: z
      .array(z.string())
      .meta({ description: 'Letters in the change that the PDF cannot draw, and what to do' }),
  })
  .meta({ id: 'CommittedCvChange', description: 'A change of the CV that is durable' });

const error = z
  .object({
    code: z.string().meta({ description: 'A stable code; new ones may come' }),
    message: z
      .string()
      .nullable()
      .meta({ description: 'The same for people; null where there is no more to say' }),
  })
  .meta({ id: 'CvError', description: 'What went wrong' })
  .nullable();

export const cvChangeStatus = z.enum(['processing', 'completed', 'failed']).meta({
  id: 'CvChangeStatus',
  description: '`processing`: a step is to come; `completed`; `failed`: refused, or a step failed',
});

const made = {
  status: z
    .enum(['completed', 'retrying', 'failed', 'skipped'])
    .meta({ id: 'CvStepStatus', description: '`skipped`: nothing was to be done' }),
  tries: z.number().int().meta({ description: 'How often it was tried; 0 before the first time' }),
  at: timeOut.meta({ description: 'When it was tried last' }),
  duration: z.number().meta({ description: 'Seconds that it took' }),
  error: error.meta({ description: 'Why it failed; null where it did not' }),
};

const cvChannelOut = z
  .object({
    channel: z
      .enum(['slack', 'email'])
      .meta({ id: 'CvChannelName', description: 'Where changes of the CV are told' }),
    ...made,
  })
  .meta({ id: 'CvChannel', description: 'One channel of the notification, told by itself' });

const cvStepOut = z
  .object({
    step: z
      .enum(['database', 'github', 'pdf', 'notification'])
      .meta({ id: 'CvStepName', description: 'What is done with a change, in this order' }),
    ...made,
    channels: z.array(cvChannelOut).optional().meta({
      description:
        'Of `notification`: each channel by itself. The step is `completed` when all of them are',
    }),
    notes: z
      .array(z.string())
      .meta({ description: 'What it could not do all of, such as letters that no font draws' }),
  })
  .meta({ id: 'CvStep', description: 'One step of a change of the CV' });

export const cvChangeOut = z
  .object({
    id: z.string().meta({ description: 'Id of the change' }),
    action: z.string().meta({ description: 'What it was to do' }),
    section: z.string().meta({ description: 'Section of the CV that it was about' }),
    status: cvChangeStatus,
    received_at: timeOut.meta({ description: 'When it came' }),
    finished_at: timeOut.nullable().meta({ description: 'Null while a step is to come' }),
    processing_time: z
      .number()
      .nullable()
      .meta({ description: 'Seconds from coming to finishing; null while a step is to come' }),
    error: error.meta({ description: 'Why it failed; null where it did not' }),
    steps: z.array(cvStepOut).meta({ description: 'What became of each step so far' }),
  })
  .meta({ id: 'CvChange', description: 'A change of the CV in the history' });

/** How a JSON Resume is to be imported. */
export const importQuery = z.strictObject({
  dry_run: trueOrFalse
    .default('false')
    .meta({ description: 'Only say what would change, and write nothing' }),
  version: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .meta({ description: 'Refuse where the CV is not at this version any more', example: 7 }),
});

export const resume = jsonObject.meta({
  id: 'JsonResume',
  description: 'A JSON Resume (https://jsonresume.org/schema), of version 1.0.0 or older',
});

const sectionChange = z
  .object({
    section: z
      .string()
      .meta({ description: 'Section of the CV, or `meta`: what the file says of itself' }),
    added: z
      .array(z.string())
      .meta({ description: 'Ids of items, or names of fields, networks or repositories' }),
    changed: z.array(z.string()).meta({ description: 'The same, of what is in both' }),
    removed: z.array(z.string()).meta({ description: 'The same, of what goes' }),
    reordered: z.boolean().meta({ description: 'Whether what is in both changes its order' }),
  })
  .meta({ id: 'CvSectionChange', description: 'What a file changes in a section of the CV' });

const notUnderstood = z
  .object({
    path: z.string().meta({ description: 'Where it stands in the file', example: 'work[2].foo' }),
    reason: z.string().meta({ description: 'Why it is not in the CV' }),
  })
  .meta({ id: 'CvNotUnderstood', description: 'Something in a file that the CV does not take' });

export const importedCvOut = z
  .object({
    id: z
      .string()
      .nullable()
      .meta({ description: 'Id of the change; null where nothing was written' }),
    dry_run: z.boolean().meta({ description: 'Whether it was only to say what would change' }),
    version: z.number().int().meta({ description: 'Of the CV now' }),
    changes: z
      .array(sectionChange)
      .meta({ description: 'By section; empty where the CV says all of it already' }),
    kept: z.array(z.string()).meta({
      description:
        'Sections that the file does not have, or nothing of which is understood: they stay as they are',
    }),
    ignored: z
      .array(notUnderstood)
      .meta({ description: 'What of the file is not taken: the first 500' }),
    ignored_total: z.number().int().meta({ description: 'How many there are of these' }),
  })
  .meta({ id: 'ImportedCv', description: 'What a JSON Resume changes in the CV' });
