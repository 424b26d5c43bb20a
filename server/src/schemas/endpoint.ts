import { z } from 'zod';
import { shortText, systemKey, timeOut, userId } from './common';

const url = z
  .string()
  .trim()
  .min(1)
  .max(2048)
  .meta({ example: 'https://hooks.example.com/careerhooks' });

const events = z
  .array(shortText(100))
  .min(1)
  .max(100)
  .meta({ description: 'Event types and wildcards', example: ['resume.*', 'ats.check_completed'] });

const settings = {
  description: shortText(500).nullable().optional(),
  schedule: z.enum(['system', 'extended']).optional().meta({
    description:
      "When to retry: as the system's document says, or Standard Webhooks' schedule within 24 h",
  }),
  timeout_seconds: z
    .number()
    .int()
    .min(1)
    .max(30)
    .nullable()
    .optional()
    .meta({ description: "Null for the system's own" }),
  max_retries: z
    .number()
    .int()
    .min(0)
    .max(20)
    .nullable()
    .optional()
    .meta({ description: "Null for the schedule's own" }),
  ordered: z
    .boolean()
    .optional()
    .meta({ description: 'One delivery at a time, in the order of the events' }),
  rate_limit: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .nullable()
    .optional()
    .meta({ description: 'Deliveries a second at most; null for as many as it bears' }),
  headers: z
    .record(z.string().max(100), z.string().max(2000))
    .refine((headers) => Object.keys(headers).length <= 20, 'At most 20 headers')
    .optional()
    .meta({ description: 'Sent with every request; stored sealed and never shown' }),
};

const secret = shortText(200)
  .min(16)
  .optional()
  .meta({ description: 'Your own signing secret; one is made if you bring none' });

export const newEndpoint = z.strictObject({
  url,
  events,
  system: systemKey
    .optional()
    .meta({ description: "Needed with the admin token; else the key's own" }),
  user: userId
    .optional()
    .meta({ description: 'Whose events it gets; leave out for all users that the key may see' }),
  secret,
  ed25519: z
    .boolean()
    .optional()
    .meta({ description: 'Sign with Ed25519 (v1a) as well; the answer has the public key' }),
  verify: z
    .boolean()
    .optional()
    .meta({ description: 'Whether the URL has to echo a challenge first; true unless you say no' }),
  ...settings,
});

export const endpointPatch = z
  .strictObject({ url: url.optional(), events: events.optional(), secret, ...settings })
  .refine((patch) => Object.keys(patch).length > 0, 'Name at least one field to change');

export const endpointOut = z
  .object({
    id: z.string(),
    system: z.string(),
    user: z.string().nullable(),
    url: z.string(),
    events: z.array(z.string()),
    description: z.string().nullable(),
    status: z.enum(['pending', 'active', 'paused', 'disabled']),
    status_reason: z.string().nullable(),
    schedule: z.enum(['system', 'extended']),
    timeout_seconds: z.number().nullable(),
    max_retries: z.number().nullable(),
    ordered: z.boolean(),
    rate_limit: z.number().int().nullable(),
    failing_since: timeOut.nullable().meta({
      description:
        'Since when every attempt has failed: its deliveries are held, in order, until one of the attempts that try it out succeeds',
    }),
    has_headers: z.boolean(),
    verification: z
      .object({
        tries: z.number().int(),
        last_error: z.string().nullable(),
        verified_at: timeOut.nullable(),
        gives_up_at: timeOut.nullable(),
      })
      .nullable()
      .meta({ description: 'Null where no challenge was asked for' }),
    created_at: timeOut,
    updated_at: timeOut,
  })
  .meta({ id: 'Endpoint' });

const keysOut = {
  secret: z.string().meta({ description: "Keys the system's own signature header" }),
  signing_key: z.string().meta({ description: 'Keys the Standard Webhooks signature (v1)' }),
  public_key: z
    .string()
    .optional()
    .meta({ description: 'Verifies the Standard Webhooks signature v1a' }),
};

export const endpointWithKeysOut = endpointOut.extend(keysOut).meta({ id: 'EndpointWithKeys' });

export const rotation = z.strictObject({
  secret,
  overlap_seconds: z
    .number()
    .int()
    .min(0)
    .max(7 * 86_400)
    .default(86_400)
    .meta({ description: 'How long the older secrets sign along in webhook-signature' }),
});

export const rotationOut = z
  .object({ ...keysOut, previous_expires_at: timeOut })
  .meta({ id: 'Rotation' });
