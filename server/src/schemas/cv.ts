import { z } from 'zod';
import { jsonObject, timeOut } from './common';

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
      .meta({ description: 'update, add, delete or sync', example: 'update' }),
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
    action: z.string().meta({ description: 'What it did: update, add, delete or sync' }),
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
