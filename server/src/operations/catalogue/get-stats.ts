import { deliveryStats, type StatsRow } from '@careerhooks/store';
import { z } from 'zod';
import { scopeOf } from '../../access/caller';
import { defineOperation } from '../../operation';
import { isoTime } from '../../present/times';
import { shortText, time } from '../../schemas/common';

const DAY_MS = 86_400_000;

const counts = z.object({
  total: z.number().int(),
  by_status: z.record(z.string(), z.number().int()),
  success_rate: z.number().nullable().meta({ description: 'Delivered of all finished, 0 to 1' }),
  average_attempts: z
    .number()
    .nullable()
    .meta({ description: 'Attempts for each delivery that was attempted' }),
});

export const getStatsOperation = defineOperation({
  id: 'getStats',
  method: 'get',
  path: '/v1/stats',
  tag: 'Deliveries',
  summary: 'Count deliveries',
  access: 'any',
  query: z.strictObject({
    since: time.optional().meta({ description: 'The last 24 h unless set' }),
    endpoint: shortText(64).optional(),
  }),
  responses: {
    '200': {
      description: 'Counts; tests are left out',
      schema: z.object({
        since: z.string(),
        deliveries: counts,
        by_system: z.record(z.string(), counts),
        by_type: z.record(z.string(), counts),
      }),
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
  const count = (...statuses: string[]): number =>
    statuses.reduce((sum, status) => sum + (byStatus[status] ?? 0), 0);
  const total = rows.reduce((sum, row) => sum + row.deliveries, 0);
  const attempted = total - count('pending', 'held');
  const finished = count('delivered', 'failed', 'expired');
  const attempts = rows.reduce((sum, row) => sum + row.attempts, 0);
  return {
    total,
    by_status: byStatus,
    success_rate: finished === 0 ? null : count('delivered') / finished,
    average_attempts: attempted === 0 ? null : attempts / attempted,
  };
}
