import { inWords } from '@careerhooks/systems';
import type { Request } from 'express';
import type { z } from 'zod';
import { WebhookError } from './webhook-error';

/** The query of a request as `schema` has it; throws WebhookError `VALIDATION_FAILED`. */
export function readQuery<Output>(schema: z.ZodType<Output>, request: Request): Output {
  const result = schema.safeParse(request.query, { error: inWords });
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => ({
    path: path.join('.'),
    message,
  }));
  throw new WebhookError('VALIDATION_FAILED', { issues });
}
