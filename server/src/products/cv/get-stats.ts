import { cvStats, type CvStatsRow } from '@careerhooks/store';
import { z } from 'zod';
import { defineOperation } from '../../operation';
import { seconds } from '../../present/present-cv-change';

const counted = {
  total_webhooks: z.number().int().meta({ description: 'How many there were' }),
  success_rate: z
    .number()
    .nullable()
    .meta({ description: 'Completed of finished, from 0 to 1; null where none has finished' }),
  avg_processing_time: z
    .number()
    .nullable()
    .meta({ description: 'Seconds from coming to finishing; null where none has finished' }),
};

const groupOut = z
  .object(counted)
  .meta({ id: 'CvStatsGroup', description: 'Webhooks of one kind, counted' });

const statsOut = z
  .object({
    ...counted,
    by_action: z.record(z.string(), groupOut).meta({ description: 'By action' }),
    by_section: z.record(z.string(), groupOut).meta({ description: 'By section of the CV' }),
  })
  .meta({ id: 'CvStats', description: 'Webhooks to the CV, counted' });

const groupExample = { total_webhooks: 12, success_rate: 0.75, avg_processing_time: 1.25 };

export const getStatsOperation = defineOperation({
  id: 'cvGetStats',
  method: 'get',
  path: '/api/webhook/cv/stats',
  tag: 'History',
  summary: 'Get statistics of webhooks',
  description: "The document's statistics, with its names.",
  access: 'any',
  responses: {
    '200': {
      description: 'The statistics',
      schema: statsOut,
      examples: {
        example: {
          ...groupExample,
          by_action: { update: groupExample },
          by_section: { skills: groupExample },
        },
      },
    },
  },
  async handle(_request, { store }) {
    return { status: 200, json: presentStats(await cvStats(store)) };
  },
});

function presentStats(rows: CvStatsRow[]): z.output<typeof statsOut> {
  return {
    ...summary(rows),
    by_action: groups(rows, ({ action }) => action),
    by_section: groups(rows, ({ section }) => section),
  };
}

function groups(
  rows: CvStatsRow[],
  keyOf: (row: CvStatsRow) => string,
): z.output<typeof statsOut>['by_action'] {
  const keys = [...new Set(rows.map(keyOf))];
  return Object.fromEntries(
    keys.map((key) => [key, summary(rows.filter((row) => keyOf(row) === key))]),
  );
}

function summary(rows: CvStatsRow[]): z.output<typeof groupOut> {
  const sum = (pick: (row: CvStatsRow) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0);
  const finished = sum(({ completed, failed }) => completed + failed);
  return {
    total_webhooks: sum(({ total }) => total),
    success_rate: finished === 0 ? null : sum(({ completed }) => completed) / finished,
    avg_processing_time:
      finished === 0 ? null : seconds(sum(({ processingMs }) => processingMs) / finished),
  };
}
