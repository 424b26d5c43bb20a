import { deliveryLog, type DeliveryLogEntry } from '@careerhooks/store';
import { z } from 'zod';
import { scopeOf } from '../../access/caller';
import { defineOperation } from '../../operation';
import { isoTime } from '../../present/times';
import { eventTypeName, timeOut } from '../../schemas/common';
import { logPage } from '../webhooks/fields';
import { whyNot } from '../webhooks/why-not';

const logOut = z
  .object({
    id: z.string().meta({ description: 'Id of the entry' }),
    event: z.string().meta({ description: 'Event type' }),
    url: z.string().meta({ description: 'Where it was sent' }),
    success: z.boolean().meta({ description: 'Whether it was delivered' }),
    statusCode: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'HTTP status of the last answer; null where there was none' }),
    attempts: z.number().int().meta({ description: 'Attempts so far' }),
    error: z
      .string()
      .nullable()
      .meta({ description: 'Why it was not delivered; null where it was' }),
    deliveryId: z.uuid().meta({ description: 'Id of the delivery' }),
    deliveredAt: timeOut.nullable().meta({ description: 'Null where it was not delivered' }),
    createdAt: timeOut.meta({ description: 'When the event came' }),
  })
  .meta({ id: 'LogEntry', description: 'A delivery that was attempted' });

export const listLogsOperation = defineOperation({
  id: 'rolereadyListLogs',
  method: 'get',
  path: '/api/webhooks/logs',
  tag: 'Deliveries',
  summary: 'Get the delivery logs, newest first',
  description: 'Of what was attempted, tests included.',
  access: 'manage',
  query: z.object({
    ...logPage,
    event: eventTypeName.optional().meta({ description: 'Only events of this type' }),
    success: z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .optional()
      .meta({
        description: 'Only what was delivered, or what was not',
        override: { type: 'boolean', enum: undefined },
      }),
  }),
  responses: {
    '200': {
      description: 'A page of the log',
      schema: z
        .object({
          logs: z.array(logOut).meta({ description: 'The entries of this page' }),
          pagination: z
            .object({
              total: z.number().int().meta({ description: 'Entries in all pages' }),
              limit: z.number().int().meta({ description: 'Entries in a page at most' }),
              offset: z.number().int().meta({ description: 'How many entries come before it' }),
              hasMore: z.boolean().meta({ description: 'Whether there is a page after this one' }),
            })
            .meta({ id: 'Pagination', description: 'Where a page is' }),
        })
        .meta({ id: 'LogPage', description: 'A page of the log' }),
      examples: {
        example: {
          logs: [
            {
              id: '5d0e9a51-1f6a-5a4c-8d10-b0e1c1f46f2c',
              event: 'resume.parsed',
              url: 'https://hooks.example.com/webhooks',
              success: true,
              statusCode: 200,
              attempts: 1,
              error: null,
              deliveryId: '5d0e9a51-1f6a-5a4c-8d10-b0e1c1f46f2c',
              deliveredAt: '2026-11-24T09:30:01.000Z',
              createdAt: '2026-11-24T09:30:00.000Z',
            },
          ],
          pagination: { total: 1, limit: 50, offset: 0, hasMore: false },
        },
      },
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
