import { z } from 'zod';
import { clearable, date, itemId, longText, name, shortText } from './fields';

export const award = z.strictObject({
  id: itemId,
  title: name,
  date: clearable(date),
  awarder: clearable(shortText),
  summary: clearable(longText),
});

export type Award = z.output<typeof award>;
