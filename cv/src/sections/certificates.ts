import { z } from 'zod';
import { clearable, date, itemId, shortText, title, webAddress } from './fields';

export const certificate = z.strictObject({
  id: itemId,
  name: title,
  date: clearable(date),
  issuer: clearable(shortText),
  url: clearable(webAddress),
});

export type Certificate = z.output<typeof certificate>;
