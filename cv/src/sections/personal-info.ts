import { z } from 'zod';
import { longText, shortText, webAddress } from './fields';

/** Who the CV is about. Every field may be given alone: an update merges what it brings. */
export const personalInfo = z.strictObject({
  name: shortText.optional(),
  title: shortText.optional(),
  email: z.union([z.literal(''), z.email('must be an e-mail address').max(320)]).optional(),
  phone: shortText.optional(),
  location: shortText.optional(),
  summary: longText.optional(),
  website: webAddress.optional(),
});

export type PersonalInfo = z.output<typeof personalInfo>;
