import { z } from 'zod';
import { type ProblemCode, PROBLEMS } from '../problems/catalogue';

/** What `Problem` becomes in an answer. */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'Path of the page that explains it, on this server' }),
    title: z.string().meta({ description: 'What the code means' }),
    status: z.number().int().meta({ description: 'The HTTP status of the answer' }),
    // No enumeration: a client that knows only today's codes would not read a new one's problem.
    code: z.string().meta({
      id: 'ProblemCode',
      description: 'Stable, for programs; new ones come',
      example: 'invalid_request' satisfies ProblemCode,
      'x-extensible-enum': Object.keys(PROBLEMS),
    }),
    detail: z.string().meta({ description: 'What to do about it, for people' }),
    issues: z
      .array(
        z
          .object({
            path: z
              .string()
              .meta({ description: 'Which field, such as `events[0].type`; empty for the whole' }),
            message: z.string().meta({ description: 'What is wrong with it' }),
          })
          .meta({ id: 'ProblemIssue', description: 'What is wrong with one field' }),
      )
      .optional()
      .meta({ description: 'Where fields are wrong: each of them' }),
  })
  .meta({ id: 'Problem', description: 'What is wrong with a request (RFC 9457)' });
