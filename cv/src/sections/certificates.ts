import { z } from 'zod';
import { clearable, date, itemId, name, shortText, webAddress } from './fields';

export const certificate = z.strictObject({
  id: itemId,
  name,
  date: clearable(date),
  issuer: clearable(shortText),
  url: clearable(webAddress),
});

export type Certificate = z.output<typeof certificate>;
