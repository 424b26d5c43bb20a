import { z } from 'zod';
import { date, endDate, itemId, name, points, shortText, tags } from './fields';

/** One position. */
export const position = z.strictObject({
  id: itemId,
  position: name,
  company: name,
  location: shortText.optional(),
  startDate: date.optional(),
  endDate: endDate.optional(),
  responsibilities: points.optional(),
  achievements: points.optional(),
  technologies: tags.optional(),
});

export type Position = z.output<typeof position>;
