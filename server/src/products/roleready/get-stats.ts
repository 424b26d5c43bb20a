import { deliveryStats, type StatsRow } from '@careerhooks/store';
import { z } from 'zod';
import { scopeOf } from '../../access/caller';
import { defineOperation } from '../../operation';
import { hasEnded, sumUp } from '../../present/sum-up';

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
  description:
    'Of deliveries that have ended, as far back as the logs go; tests are left out. What expired or was cancelled has failed; `averageAttempts` is of what was attempted. Nothing of nothing is `0.00`.',
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
    const { attempted, attempts } = sumUp(rows);
    return {
      status: 200,
      json: {
        ...all,
        successRate: ratio(100 * all.successful, all.total),
        averageAttempts: ratio(attempts, attempted),
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

function count(rows: StatsRow[]): z.output<typeof counts> {
  const { finished, delivered } = sumUp(rows);
  return { total: finished, successful: delivered, failed: finished - delivered };
}

/** Nothing of nothing is shown as zero. */
function ratio(part: number, whole: number): string {
  return (whole === 0 ? 0 : part / whole).toFixed(2);
}
