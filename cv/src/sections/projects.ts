import { z } from 'zod';
import { date, endDate, itemId, longText, name, points, tags, webAddress } from './fields';

export const project = z.strictObject({
  id: itemId,
  name,
  description: longText.optional(),
  startDate: date.optional(),
  endDate: endDate.optional(),
  technologies: tags.optional(),
  achievements: points.optional(),
  url: webAddress.optional(),
});

export type Project = z.output<typeof project>;
