import { z } from 'zod';
import {
  clearable,
  date,
  endDate,
  itemId,
  longText,
  points,
  shortText,
  title,
  webAddress,
} from './fields';

export const volunteer = z.strictObject({
  id: itemId,
  organization: title,
  position: clearable(shortText),
  url: clearable(webAddress),
  startDate: clearable(date),
  endDate: clearable(endDate),
  summary: clearable(longText),
  highlights: clearable(points),
});

export type Volunteer = z.output<typeof volunteer>;
