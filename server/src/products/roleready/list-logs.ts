import { deliveryLog, type DeliveryLogEntry } from '@careerhooks/store';
import { z } from 'zod';
import { scopeOf } from '../../access/caller';
import { defineOperation } from '../../operation';
import { isoTime } from '../../present/times';
import { eventTypeName, timeOut } from '../../schemas/common';
import { whyNot } from '../webhooks/test-result';

const logOut = z.object({
  id: z.string(),
  event: z.string(),
  url: z.string(),
  success: z.boolean(),
  statusCode: z.number().int().nullable(),
  attempts: z.number().int(),
  error: z.string().nullable(),
  deliveryId: z.uuid(),
  deliveredAt: timeOut.nullable(),
  createdAt: timeOut,
});

export const listLogsOperation = defineOperation({
  id: 'rolereadyListLogs',
  method: 'get',
  path: '/api/webhooks/logs',
  tag: 'Deliveries',
  summary: 'Get the delivery logs, newest first',
  description: 'Of what was attempted, tests included.',
  access: 'manage',
  query: z.object({
    limit: z.coerce.number().int().min(1).max(100).default(50),
    offset: z.coerce.number().int().min(0).max(1_000_000_000).default(0),
    event: eventTypeName.optional(),
    success: z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .optional()
      .meta({ override: { type: 'boolean' } }),
  }),
  responses: {
    '200': {
      description: 'A page of the log',
      schema: z.object({
        logs: z.array(logOut),
        pagination: z.object({
          total: z.number().int(),
          limit: z.number().int(),
          offset: z.number().int(),
          hasMore: z.boolean(),
        }),
      }),
    },
  },
  async handle({ query, caller }, { store }) {
    const { limit, offset, event, success } = query;
    const { entries, total } = await deliveryLog(
      store,
      scopeOf(caller),
      { ...(event !== undefined && { type: event }), ...(success !== undefined && { success }) },
      { limit, offset },
    );
    return {
      status: 200,
      json: {
        logs: entries.map(presentLog),
        pagination: { total, limit, offset, hasMore: offset + entries.length < total },
      },
    };
  },
});

function presentLog(entry: DeliveryLogEntry): z.output<typeof logOut> {
  const success = entry.status === 'delivered';
  return {
    id: `log_${entry.id.replaceAll('-', '')}`,
    event: entry.type,
    url: entry.url,
    success,
    statusCode: entry.lastStatusCode,
    attempts: entry.attempts,
    error: success
      ? null
      : whyNot({
          message: entry.lastErrorMessage,
          statusCode: entry.lastStatusCode,
          code: entry.lastErrorCode,
        }),
    deliveryId: entry.id,
    deliveredAt: success ? isoTime(entry.finishedAt) : null,
    createdAt: isoTime(entry.createdAt),
  };
}
