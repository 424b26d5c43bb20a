import { deliveryStats, type StatsRow } from '@careerhooks/store';
import { z } from 'zod';
import { scopeOf } from '../../access/caller';
import { defineOperation } from '../../operation';
import { sumUp } from '../../present/sum-up';
import { isoTime } from '../../present/times';
import { shortText, time, timeOut } from '../../schemas/common';

const DAY_MS = 86_400_000;

const counts = z
  .object({
    total: z.number().int().meta({ description: 'All deliveries' }),
    by_status: z
      .record(z.string(), z.number().int())
      .meta({ description: 'How many have each status; none where there are none' }),
    success_rate: z.number().nullable().meta({
      description:
        'Delivered of all finished, 0 to 1: what failed, expired or was cancelled is no success; what a newer delivery superseded does not count. Null where none is finished',
    }),
    average_attempts: z
      .number()
      .nullable()
      .meta({ description: 'Attempts for each delivery that was attempted; null where none was' }),
  })
  .meta({ id: 'DeliveryCounts', description: 'Deliveries, counted' });

const statsOut = z
  .object({
    since: timeOut.meta({ description: 'What was created before then is not counted' }),
    deliveries: counts,
    by_system: z.record(z.string(), counts).meta({ description: 'By the key of their system' }),
    by_type: z
      .record(z.string(), counts)
      .meta({ description: 'By system and event type, such as `roleready/resume.parsed`' }),
  })
  .meta({ id: 'Stats', description: 'Deliveries since a time, counted' });

const COUNTS_EXAMPLE: z.output<typeof counts> = {
  total: 100,
  by_status: { delivered: 97, failed: 1, retrying: 2 },
  success_rate: 0.9898,
  average_attempts: 1.07,
};

export const getStatsOperation = defineOperation({
  id: 'getStats',
  method: 'get',
  path: '/v1/stats',
  tag: 'Deliveries',
  summary: 'Count deliveries',
  description: 'Of deliveries that were created since a time.',
  access: 'any',
  query: z.strictObject({
    since: time.optional().meta({ description: 'The last 24 h unless set' }),
    endpoint: shortText(64)
      .optional()
      .meta({ description: 'Only deliveries to this endpoint, by its id' }),
  }),
  responses: {
    '200': {
      description: 'Counts; tests are left out',
      schema: statsOut,
      examples: {
        example: {
          since: '2026-11-23T09:30:00.000Z',
          deliveries: COUNTS_EXAMPLE,
          by_system: { roleready: COUNTS_EXAMPLE },
          by_type: { 'roleready/resume.parsed': COUNTS_EXAMPLE },
        },
      },
    },
  },
  async handle({ query, caller }, { store }) {
    const since = query.since ?? Date.now() - DAY_MS;
    const rows = await deliveryStats(store, scopeOf(caller), { since, endpoint: query.endpoint });
    return {
      status: 200,
      json: {
        since: isoTime(since),
        deliveries: summarise(rows),
        by_system: summariseBy(rows, (row) => row.system),
        by_type: summariseBy(rows, (row) => `${row.system}/${row.type}`),
      },
    };
  },
});

function summariseBy(
  rows: StatsRow[],
  keyOf: (row: StatsRow) => string,
): Record<string, z.output<typeof counts>> {
  const groups = new Map<string, StatsRow[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return Object.fromEntries([...groups].map(([key, group]) => [key, summarise(group)]));
}

function summarise(rows: StatsRow[]): z.output<typeof counts> {
  const byStatus: Record<string, number> = {};
  for (const { status, deliveries } of rows)
    byStatus[status] = (byStatus[status] ?? 0) + deliveries;
  const { finished, delivered, attempted, attempts } = sumUp(rows);
  return {
    total: rows.reduce((sum, row) => sum + row.deliveries, 0),
    by_status: byStatus,
    success_rate: finished === 0 ? null : delivered / finished,
    average_attempts: attempted === 0 ? null : attempts / attempted,
  };
}
