import { z } from 'zod';
import { eventPattern, shortText, systemKey, timeOut, userId } from './common';

const url = z.string().trim().min(1).max(2048).meta({
  description: 'Where events are sent: https, and a public address in production',
  example: 'https://hooks.example.com/careerhooks',
});

const events = z
  .array(eventPattern)
  .min(1)
  .max(100)
  .meta({ description: 'Event types and wildcards', example: ['resume.*', 'ats.check_completed'] });

/** Most headers of an endpoint's own. */
const MAX_HEADERS = 20;

const schedule = z.enum(['system', 'extended']).meta({
  id: 'RetrySchedule',
  description:
    "When to retry: as the system's document says, or Standard Webhooks' schedule within 24 h",
});

export const endpointStatus = z.enum(['pending', 'active', 'paused', 'disabled']).meta({
  id: 'EndpointStatus',
  description:
    '`pending`: its URL has to answer the challenge; `active`; `paused` by its owner; `disabled`: it gets nothing, `status_reason` says why',
});

const settings = {
  description: shortText(500)
    .nullable()
    .optional()
    .meta({ description: "The owner's own words; null for none" }),
  schedule: schedule.optional().meta({ description: 'When to retry; `system` by default' }),
  timeout_seconds: z.number().int().min(1).max(30).nullable().optional().meta({
    description:
      "How long an answer may take, at most as long as the system lets it; null for the system's own",
  }),
  max_retries: z.number().int().min(0).max(20).nullable().optional().meta({
    description:
      "Attempts after the first, by the system's schedule at most as many as it lets; null for the schedule's own",
  }),
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
    .refine(
      (headers) => Object.keys(headers).length <= MAX_HEADERS,
      `At most ${MAX_HEADERS} headers`,
    )
    .meta({ maxProperties: MAX_HEADERS })
    .optional()
    .meta({
      description:
        'Sent with every request; stored sealed and never shown. They replace those that there were: `{}` removes them',
    }),
};

const secret = shortText(200)
  .min(16)
  .optional()
  .meta({ description: 'Your own signing secret; one is made if you bring none' });

export const newEndpoint = z
  .strictObject({
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
    verify: z.boolean().optional().meta({
      description: 'Whether the URL has to echo a challenge first; true unless you say no',
    }),
    ...settings,
  })
  .meta({ id: 'NewEndpoint', description: 'An endpoint to register' });

export const endpointPatch = z
  .strictObject({ url: url.optional(), events: events.optional(), secret, ...settings })
  .refine((patch) => Object.keys(patch).length > 0, 'Name at least one field to change')
  .meta({
    id: 'EndpointPatch',
    description: 'What to change of an endpoint; what is left out stays as it is',
    minProperties: 1,
  });

export const endpointOut = z
  .object({
    id: z.string().meta({ description: 'Id of the endpoint' }),
    system: z.string().meta({ description: 'Key of the system whose events it gets' }),
    user: z.string().nullable().meta({ description: 'Whose events it gets; null for all users' }),
    url: z.string().meta({ description: 'Where events are sent' }),
    events: z.array(z.string()).meta({ description: 'Event types and wildcards that it gets' }),
    description: z.string().nullable().meta({ description: "The owner's own words" }),
    status: endpointStatus,
    status_reason: z
      .string()
      .nullable()
      .meta({ description: 'Why it has its status, for people; null where nobody has to be told' }),
    schedule,
    timeout_seconds: z
      .number()
      .int()
      .nullable()
      .meta({ description: "How long an answer may take; null for the system's own" }),
    max_retries: z
      .number()
      .int()
      .nullable()
      .meta({ description: "Attempts after the first at most; null for the schedule's own" }),
    ordered: z
      .boolean()
      .meta({ description: 'Whether it gets one delivery at a time, in the order of the events' }),
    rate_limit: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'Deliveries a second at most; null for as many as it bears' }),
    failing_since: timeOut.nullable().meta({
      description:
        'Since when every attempt has failed: its deliveries are held, in order, until one of the attempts that try it out succeeds',
    }),
    has_headers: z.boolean().meta({ description: 'Whether it has headers of its own' }),
    verification: z
      .object({
        tries: z.number().int().meta({ description: 'Challenges sent so far' }),
        last_error: z
          .string()
          .nullable()
          .meta({ description: 'What was wrong with the last try, and what to do about it' }),
        last_error_code: z
          .string()
          .nullable()
          .meta({ description: 'The same as a code; docs/errors.md has all of them' }),
        last_status_code: z
          .number()
          .int()
          .nullable()
          .meta({ description: 'What the URL answered' }),
        last_answer_excerpt: z
          .string()
          .nullable()
          .meta({ description: 'The beginning of its answer, without the challenge' }),
        verified_at: timeOut.nullable().meta({ description: 'Null until it was answered' }),
        gives_up_at: timeOut.nullable().meta({ description: 'When no more are sent' }),
      })
      .meta({ id: 'Verification', description: 'How the URL proves that it wants the events' })
      .nullable()
      .meta({ description: 'Null where no challenge was asked for' }),
    created_at: timeOut.meta({ description: 'When it was registered' }),
    updated_at: timeOut.meta({ description: 'When it was changed last' }),
  })
  .meta({ id: 'Endpoint', description: 'An endpoint, without its secrets' });

const keysOut = {
  secret: z.string().meta({ description: "Keys the system's own signature header" }),
  signing_key: z.string().meta({ description: 'Keys the Standard Webhooks signature (v1)' }),
  public_key: z
    .string()
    .optional()
    .meta({ description: 'Verifies the Standard Webhooks signature v1a' }),
};

export const endpointWithKeysOut = endpointOut.extend(keysOut).meta({
  id: 'EndpointWithKeys',
  description: 'An endpoint with the secrets that its deliveries are signed with',
});

export const rotation = z
  .strictObject({
    secret,
    overlap_seconds: z
      .number()
      .int()
      .min(0)
      .max(7 * 86_400)
      .default(86_400)
      .meta({ description: 'How long the older secrets sign along in webhook-signature' }),
  })
  .meta({ id: 'RotationRequest', description: 'How to replace the secret' });

export const rotationOut = z
  .object({
    ...keysOut,
    previous_expires_at: timeOut.meta({ description: 'Until when the older secrets sign along' }),
  })
  .meta({ id: 'Rotation', description: 'The new secrets' });
