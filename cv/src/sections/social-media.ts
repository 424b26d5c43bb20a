import { z } from 'zod';
import { clearable, shortText, webAddress, wholeNumber } from './fields';

/** What a network counts, or says of an account otherwise. */
export const count = z.union([wholeNumber, shortText], {
  error: 'must be a count or a short text',
});

/**
 * An account. Networks count differently (subscribers, followers, videos, posts), so any further
 * field is taken, as a count or a short text.
 */
export const account = z
  .object({
    /** What the network is called, where its key does not tell. */
    network: clearable(shortText),
    handle: clearable(shortText),
    url: clearable(webAddress),
  })
  .catchall(clearable(count))
  .refine((fields) => Object.keys(fields).length <= 20, 'must have at most 20 fields');

/** How long the key of a network may be. */
export const MAX_KEY = 50;

/** The key of a network. */
export const networkKeyText = z
  .string()
  .max(MAX_KEY, `must have at most ${MAX_KEY} characters`)
  .regex(/^(?!__proto__$)[\w.-]+$/, 'must be the name of a network');

/** Accounts by network: `youtube`, `instagram`, … */
export const socialMedia = z.record(networkKeyText, account);

export type SocialMedia = z.output<typeof socialMedia>;
