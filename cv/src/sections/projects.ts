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

export const project = z.strictObject({
  id: itemId,
  name: title,
  description: clearable(longText),
  summary: clearable(longText),
  startDate: clearable(date),
  endDate: clearable(endDate),
  technologies: clearable(tags),
  achievements: clearable(points),
  url: clearable(webAddress),
  /** What the person was in it. */
  roles: clearable(tags),
  /** For whom it was done. */
  entity: clearable(shortText),
  /** Such as `application`, `talk` or `volunteering`. */
  type: clearable(shortText),
});

export type Project = z.output<typeof project>;
