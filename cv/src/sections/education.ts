import { z } from 'zod';
import { clearable, date, endDate, itemId, points, shortText, title, webAddress } from './fields';

export const education = z.strictObject({
  id: itemId,
  institution: title,
  url: clearable(webAddress),
  /** What was studied: `Computer Science`. */
  area: clearable(shortText),
  /** The degree: `Bachelor`. */
  studyType: clearable(shortText),
  startDate: clearable(date),
  endDate: clearable(endDate),
  score: clearable(shortText),
  courses: clearable(points),
});

export type Education = z.output<typeof education>;
