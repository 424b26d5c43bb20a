import { z } from 'zod';
import { clearable, itemId, name, shortText } from './fields';

/** A language that is spoken. */
export const language = z.strictObject({
  id: itemId,
  language: name,
  /** Such as `Native speaker` or `B2`. */
  fluency: clearable(shortText),
});

export type Language = z.output<typeof language>;
