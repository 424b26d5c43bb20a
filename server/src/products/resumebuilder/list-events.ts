import { deliveryLog, type DeliveryLogEntry } from '@careerhooks/store';
import { z } from 'zod';
import { scopeOf } from '../../access/caller';
import { defineOperation } from '../../operation';
import { isoTime } from '../../present/times';
import { timeOut } from '../../schemas/common';
import { deliveryStatus } from '../../schemas/delivery';
import { webhookParams } from '../webhooks/fields';
import { requireWebhook } from '../webhooks/require-webhook';
import { whyNot } from '../webhooks/test-result';

const entryOut = z
  .object({
    id: z.string(),
    event_type: z.string(),
    event_id: z.string(),
    status: deliveryStatus,
    attempts: z.number().int(),
    response_status: z.number().int().nullable(),
    error: z.string().nullable(),
    created_at: timeOut,
    next_retry_at: timeOut.nullable(),
    delivered_at: timeOut.nullable(),
  })
  .meta({ id: 'WebhookEvent' });

export const listEventsOperation = defineOperation({
  id: 'resumebuilderListEvents',
  method: 'get',
  path: '/api/v1/webhooks/{id}/events',
  tag: 'Deliveries',
  summary: "Get a webhook's delivery logs, newest first",
  access: 'manage',
  params: webhookParams,
  query: z.object({
    limit: z.coerce.number().int().min(1).max(100).default(50),
    offset: z.coerce.number().int().min(0).max(1_000_000_000).default(0),
  }),
  responses: {
    '200': {
      description: 'A page of the log',
      schema: z.object({
        events: z.array(entryOut),
        total: z.number().int(),
        limit: z.number().int(),
        offset: z.number().int(),
      }),
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
