import { z } from 'zod';
import { clearable, date, itemId, longText, shortText, title, webAddress } from './fields';

export const publication = z.strictObject({
  id: itemId,
  name: title,
  publisher: clearable(shortText),
  releaseDate: clearable(date),
  url: clearable(webAddress),
  summary: clearable(longText),
});

export type Publication = z.output<typeof publication>;
