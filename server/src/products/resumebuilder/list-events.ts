import { deliveryLog, type DeliveryLogEntry } from '@careerhooks/store';
import { z } from 'zod';
import { scopeOf } from '../../access/caller';
import { defineOperation } from '../../operation';
import { isoTime } from '../../present/times';
import { timeOut } from '../../schemas/common';
import { deliveryStatus } from '../../schemas/delivery';
import { logPage, webhookParams } from '../webhooks/fields';
import { requireWebhook } from '../webhooks/require-webhook';
import { whyNot } from '../webhooks/why-not';

const entryOut = z
  .object({
    id: z.string().meta({ description: 'Id of the delivery' }),
    event_type: z.string().meta({ description: 'Event type' }),
    event_id: z.string().meta({ description: 'Id of the event' }),
    status: deliveryStatus,
    attempts: z.number().int().meta({ description: 'Attempts so far' }),
    response_status: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'HTTP status of the last answer; null where there was none' }),
    error: z
      .string()
      .nullable()
      .meta({ description: 'Why it was not delivered; null where it was' }),
    created_at: timeOut.meta({ description: 'When the event came' }),
    next_retry_at: timeOut
      .nullable()
      .meta({ description: 'When the next attempt is due; null where none is' }),
    delivered_at: timeOut.nullable().meta({ description: 'Null where it was not delivered' }),
  })
  .meta({ id: 'WebhookEvent', description: 'A delivery to a webhook' });

export const listEventsOperation = defineOperation({
  id: 'resumebuilderListEvents',
  method: 'get',
  path: '/api/v1/webhooks/{id}/events',
  tag: 'Deliveries',
  summary: "Get a webhook's delivery logs, newest first",
  description: 'Of what was attempted and what waits, tests included.',
  access: 'manage',
  params: webhookParams,
  query: z.object({
    ...logPage,
  }),
  responses: {
    '200': {
      description: 'A page of the log',
      schema: z
        .object({
          events: z.array(entryOut).meta({ description: 'The entries of this page' }),
          total: z.number().int().meta({ description: 'Entries in all pages' }),
          limit: z.number().int().meta({ description: 'Entries in a page at most' }),
          offset: z.number().int().meta({ description: 'How many entries come before it' }),
        })
        .meta({ id: 'WebhookEventPage', description: 'A page of the log' }),
      examples: {
        example: {
          events: [
            {
              id: '5d0e9a51-1f6a-5a4c-8d10-b0e1c1f46f2c',
              event_type: 'resume.created',
              event_id: 'evt_0192f0c4a7b17c3e8d21',
              status: 'delivered',
              attempts: 1,
              response_status: 200,
              error: null,
              created_at: '2026-11-24T09:30:00.000Z',
              next_retry_at: null,
              delivered_at: '2026-11-24T09:30:01.000Z',
            },
          ],
          total: 1,
          limit: 50,
          offset: 0,
        },
      },
    },
  },
  problems: ['not_found'],
  async handle({ params, query, caller }, context) {
    const { id } = await requireWebhook(context, params.id, caller);
    const filter = { endpoint: id };
    const { entries, total } = await deliveryLog(context.store, scopeOf(caller), filter, query);
    return { status: 200, json: { events: entries.map(presentEntry), total, ...query } };
  },
});

function presentEntry(entry: DeliveryLogEntry): z.output<typeof entryOut> {
  const delivered = entry.status === 'delivered';
  return {
    id: entry.id,
    event_type: entry.type,
    event_id: entry.eventId,
    status: entry.status,
    attempts: entry.attempts,
    response_status: entry.lastStatusCode,
    error: delivered
      ? null
      : whyNot({
          message: entry.lastErrorMessage,
          statusCode: entry.lastStatusCode,
          code: entry.lastErrorCode,
        }),
    created_at: isoTime(entry.createdAt),
    next_retry_at: entry.finishedAt === null ? isoTime(entry.nextAttemptAt) : null,
    delivered_at: delivered ? isoTime(entry.finishedAt) : null,
  };
}
