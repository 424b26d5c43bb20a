import { z } from 'zod';
import {
  clearable,
  date,
  endDate,
  itemId,
  longText,
  name,
  points,
  shortText,
  tags,
  webAddress,
} from './fields';

/** One position. */
export const position = z.strictObject({
  id: itemId,
  position: name,
  company: name,
  /** What the company does. */
  description: clearable(longText),
  location: clearable(shortText),
  url: clearable(webAddress),
  startDate: clearable(date),
  endDate: clearable(endDate),
  summary: clearable(longText),
  responsibilities: clearable(points),
  achievements: clearable(points),
  technologies: clearable(tags),
});

export type Position = z.output<typeof position>;
