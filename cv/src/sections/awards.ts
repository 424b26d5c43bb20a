import { z } from 'zod';
import { clearable, date, itemId, longText, shortText, title } from './fields';

export const award = z.strictObject({
  id: itemId,
  title: title,
  date: clearable(date),
  awarder: clearable(shortText),
  summary: clearable(longText),
});

export type Award = z.output<typeof award>;
