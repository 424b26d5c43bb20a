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
  webAddress,
} from './fields';

export const volunteer = z.strictObject({
  id: itemId,
  organization: name,
  position: clearable(shortText),
  url: clearable(webAddress),
  startDate: clearable(date),
  endDate: clearable(endDate),
  summary: clearable(longText),
  highlights: clearable(points),
});

export type Volunteer = z.output<typeof volunteer>;
