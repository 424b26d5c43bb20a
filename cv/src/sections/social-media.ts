import { z } from 'zod';
import { clearable, shortText, webAddress, wholeNumber } from './fields';

/**
 * An account. Networks count differently (subscribers, followers, videos, posts), so any further
 * field is taken, as a count or a short text.
 */
const account = z
  .object({
    /** What the network is called, where its key does not tell. */
    network: clearable(shortText),
    handle: clearable(shortText),
    url: clearable(webAddress),
  })
  .catchall(
    clearable(z.union([wholeNumber, shortText], { error: 'must be a count or a short text' })),
  )
  .refine((fields) => Object.keys(fields).length <= 20, 'must have at most 20 fields');

/** Accounts by network: `youtube`, `instagram`, … */
export const socialMedia = z.record(
  z.string().regex(/^(?!__proto__$)[\w.-]{1,50}$/, 'must be the name of a network'),
  account,
);

export type SocialMedia = z.output<typeof socialMedia>;
