import { z } from 'zod';
import { clearable, itemId, longText, title } from './fields';

/** What somebody says of the person. */
export const reference = z.strictObject({
  id: itemId,
  name: title,
  reference: clearable(longText),
});

export type Reference = z.output<typeof reference>;
