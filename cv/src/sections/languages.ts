import { z } from 'zod';
import { clearable, itemId, shortText, title } from './fields';

/** A language that is spoken. */
export const language = z.strictObject({
  id: itemId,
  language: title,
  /** Such as `Native speaker` or `B2`. */
  fluency: clearable(shortText),
});

export type Language = z.output<typeof language>;
