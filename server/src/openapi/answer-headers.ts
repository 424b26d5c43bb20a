import { z } from 'zod';

/** Of every answer to a key's request that was counted, as the IETF's draft 8 has them. */
export const limitHeaders = z.object({
  RateLimit: z
    .string()
    .optional()
    .meta({
      header: {
        id: 'RateLimit',
        description:
          'How many requests are left (`r`) and in how many seconds they are all there again (`t`), for each limit that counted this one. The admin token is not counted, and CAREERHOOKS_RATE_LIMIT=0 counts nobody.',
      },
      example: '"requests"; r=999; t=1',
    }),
  'RateLimit-Policy': z
    .string()
    .optional()
    .meta({
      header: {
        id: 'RateLimit-Policy',
        description:
          'How many requests (`q`) there may be in how many seconds (`w`), for each limit that counted this one',
      },
      example: '"requests"; q=1000; w=1; pk=:YWJjZGVmZ2hpamts:',
    }),
});

const retryAfter = z
  .int()
  .optional()
  .meta({
    header: { id: 'Retry-After', description: 'Seconds to wait before the request is repeated' },
    example: 5,
  });

const authenticate = z
  .string()
  .optional()
  .meta({
    header: { id: 'WWW-Authenticate', description: 'That a bearer token is asked for (RFC 6750)' },
    example: 'Bearer realm="careerhooks"',
  });

/** The headers that a problem's answer has besides its media type; undefined for none. */
export function problemAnswerHeaders(status: number): z.ZodObject | undefined {
  if (status === 401) return limitHeaders.extend({ 'WWW-Authenticate': authenticate });
  if (status === 429) return limitHeaders.extend({ 'Retry-After': retryAfter });
  if (status === 503) return z.object({ 'Retry-After': retryAfter });
  // What the limits have counted before the operation found something wrong with it.
  if ([403, 404, 409, 422].includes(status)) return limitHeaders;
  return undefined;
}
