import { z } from 'zod';
import {
  clearable,
  date,
  endDate,
  itemId,
  longText,
  points,
  shortText,
  tags,
  title,
  webAddress,
} from './fields';

/** One position. */
export const position = z.strictObject({
  id: itemId,
  position: title,
  company: title,
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
