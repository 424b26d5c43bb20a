import { z } from 'zod';
import { cvChangeStatus } from '../../schemas/cv';

/** The path parameter of everything about one backup or change; an id that cannot be one is not found. */
export const idParams = z.object({ id: z.string().meta({ description: 'Its id' }) });

/** Pages of lists, as the CV's API has them. Backups have no status, but a wrong one is refused there, too. */
export const pageQuery = z.object({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(20)
    .meta({ description: 'Rows in a page at most' }),
  cursor: z.string().max(64).optional().meta({
    description: '`next_cursor` of the page before; the first page without it',
  }),
  status: cvChangeStatus.optional().meta({ description: 'Only changes with this status' }),
});

/** Calls that change something, and have no options: one that is meant to hold them back is refused. */
export const noQuery = z.strictObject({});

/** That something was done. */
export const success = z.literal(true).meta({ description: 'Always true' });
