import { z } from 'zod';
import { shortText, webAddress, wholeNumber } from './fields';

/**
 * An account. Networks count differently (subscribers, followers, videos, posts), so any further
 * field is taken, as a count or a short text.
 */
const account = z
  .object({ handle: shortText.optional(), url: webAddress.optional() })
  .catchall(z.union([wholeNumber, shortText], { error: 'must be a count or a short text' }))
  .refine((fields) => Object.keys(fields).length <= 20, 'must have at most 20 fields');

/** Accounts by network: `youtube`, `instagram`, … */
export const socialMedia = z.record(
  z.string().regex(/^(?!__proto__$)[\w.-]{1,50}$/, 'must be the name of a network'),
  account,
);

export type SocialMedia = z.output<typeof socialMedia>;
