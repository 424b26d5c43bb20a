import { z } from 'zod';
import { clearable, itemId, longText, name } from './fields';

/** What somebody says of the person. */
export const reference = z.strictObject({ id: itemId, name, reference: clearable(longText) });

export type Reference = z.output<typeof reference>;
