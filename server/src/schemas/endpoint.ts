import { z } from 'zod';
import { eventPattern, shortText, systemKey, timeOut, userId } from './common';
import { destinationFields, destinationUrl as url, shownFields } from './destination';

const events = z
  .array(eventPattern)
  .min(1)
  .max(100)
  .meta({ description: 'Event types and wildcards', example: ['resume.*', 'ats.check_completed'] });

/** The longest that an answer may take, in seconds: receivers that work before they answer need it. */
const LONGEST_TIMEOUT_SECONDS = 120;

const schedule = z.enum(['system', 'extended']).meta({
  id: 'RetrySchedule',
  description:
    "When to retry: as the system's document says, or Standard Webhooks' schedule within 24 h",
});

export const endpointStatus = z.enum(['pending', 'active', 'paused', 'disabled', 'detached']).meta({
  id: 'EndpointStatus',
  description:
    '`pending`: its URL has to answer the challenge; `active`; `paused` by its owner; `disabled`: it gets nothing, `status_reason` says why; `detached`: its owner took it back, and what comes is held until `ends_at`',
});

const settings = {
  description: shortText(500)
    .nullable()
    .optional()
    .meta({ description: "The owner's own words; null for none" }),
  schedule: schedule.optional().meta({ description: 'When to retry; `system` by default' }),
  timeout_seconds: z.number().int().min(1).max(LONGEST_TIMEOUT_SECONDS).nullable().optional().meta({
    description:
      "How long an answer may take: with the schedule `extended` up to 120 s, else at most as long as the system lets it; null for the system's own",
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
  ...destinationFields,
};

/** A page for people: a link of it leads to the web, and does nothing else. */
const webAddress = z
  .string()
  .max(2048)
  .regex(
    // As `shortText` has it: a second pattern beside its own is one too many for some generators.
    // eslint-disable-next-line no-control-regex
    /^https?:\/\/[^\u0000-\u001f\u007f-\u009f]*$/,
    'Must begin with http:// or https://, without control characters',
  )
  .refine((text) => !/\p{Cs}/u.test(text), 'No half of a surrogate pair');

const registrantFields = {
  client: shortText(100).meta({ description: 'The program', example: 'n8n' }),
  instance: shortText(200).optional().meta({ description: 'Which of its installations' }),
  label: shortText(300).optional().meta({ description: 'What registers there, for people' }),
  url: webAddress.optional().meta({ description: 'Where people find it' }),
};

const registrant = z
  .strictObject(registrantFields)
  .meta({ id: 'Registrant', description: 'Who registers an endpoint, in its own words' });

/** Longest that a registration may be made for, in seconds: a week. */
const LONGEST_LIFETIME_SECONDS = 7 * 86_400;

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
    identity: shortText(300).optional().meta({
      description:
        'What you call this registration. Registering it again goes on with the same endpoint, whatever its URL, and with what it holds; without it the URL tells which endpoint is meant',
    }),
    registered_by: registrant
      .optional()
      .meta({ description: 'Who you are, for whoever looks after all endpoints' }),
    lifetime_seconds: z
      .number()
      .int()
      .min(10)
      .max(LONGEST_LIFETIME_SECONDS)
      .optional()
      .meta({ description: 'When it is deleted by itself; leave out for an endpoint that stays' }),
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

export const endpointWarning = z
  .object({
    code: z.enum(['key_revoked', 'failing_for_long']).meta({
      id: 'EndpointWarningCode',
      description:
        '`key_revoked`: the key that registered it is; `failing_for_long`: nothing has arrived for an hour',
    }),
    message: z.string().meta({ description: 'The same for people, with what to do' }),
  })
  .meta({ id: 'EndpointWarning', description: 'A sign that nobody looks after an endpoint' });

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
    identity: z
      .string()
      .nullable()
      .meta({ description: 'What its owner calls it; null where it has no name' }),
    registered_by: z
      .object({
        ...registrantFields,
        key_id: z.string().nullable().meta({
          description: 'Id of the key that it was registered with; null for the admin token',
        }),
      })
      .meta({ id: 'RegisteredBy', description: 'Who registered an endpoint' })
      .nullable()
      .meta({ description: 'Null where nobody said' }),
    confirmed_at: timeOut.meta({ description: 'When it was registered last' }),
    ends_at: timeOut
      .nullable()
      .meta({ description: 'When it is deleted by itself, with what it holds; null for never' }),
    warnings: z
      .array(endpointWarning)
      .meta({ description: 'Signs that nobody looks after it any more; empty for none' }),
    ...shownFields,
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
