import { deliveryStats, type StatsRow } from '@careerhooks/store';
import { z } from 'zod';
import { scopeOf } from '../../access/caller';
import { defineOperation } from '../../operation';

const counts = z
  .object({
    total: z.number().int().meta({ description: 'Deliveries that have ended' }),
    successful: z.number().int().meta({ description: 'Of those, delivered' }),
    failed: z.number().int().meta({ description: 'Of those, not delivered' }),
  })
  .meta({ id: 'Counts', description: 'Deliveries, counted' });

const twoDecimals = z.string().regex(/^\d+\.\d\d$/);

export const getStatsOperation = defineOperation({
  id: 'rolereadyGetStats',
  method: 'get',
  path: '/api/webhooks/stats',
  tag: 'Deliveries',
  summary: 'Get delivery statistics',
  description: 'Of deliveries that have ended, as far back as the logs go; tests are left out.',
  access: 'manage',
  responses: {
    '200': {
      description: 'The statistics',
      schema: counts
        .extend({
          successRate: twoDecimals.meta({ description: 'Percent', example: '96.67' }),
          averageAttempts: twoDecimals.meta({
            description: 'Attempts for each delivery',
            example: '1.08',
          }),
          byEvent: z.record(z.string(), counts).meta({ description: 'By event type' }),
        })
        .meta({ id: 'Stats', description: 'Statistics of deliveries' }),
      examples: {
        example: {
          total: 30,
          successful: 29,
          failed: 1,
          successRate: '96.67',
          averageAttempts: '1.08',
          byEvent: { 'resume.parsed': { total: 30, successful: 29, failed: 1 } },
        },
      },
    },
  },
  async handle({ caller }, { store }) {
    const rows = (await deliveryStats(store, scopeOf(caller), {})).filter(hasEnded);
    const all = count(rows);
    const attempts = rows.reduce((sum, row) => sum + row.attempts, 0);
    return {
      status: 200,
      json: {
        ...all,
        successRate: ratio(100 * all.successful, all.total),
        averageAttempts: ratio(attempts, all.total),
        byEvent: Object.fromEntries(
          [...new Set(rows.map(({ type }) => type))].map((type) => [
            type,
            count(rows.filter((row) => row.type === type)),
          ]),
        ),
      },
    };
  },
});

function hasEnded({ status }: StatsRow): boolean {
  return status === 'delivered' || status === 'failed' || status === 'expired';
}

function count(rows: StatsRow[]): z.output<typeof counts> {
  const sum = (some: StatsRow[]): number => some.reduce((total, row) => total + row.deliveries, 0);
  const total = sum(rows);
  const successful = sum(rows.filter(({ status }) => status === 'delivered'));
  return { total, successful, failed: total - successful };
}

/** Nothing of nothing is shown as zero. */
function ratio(part: number, whole: number): string {
  return (whole === 0 ? 0 : part / whole).toFixed(2);
}
