import { deliveryStats, recentLatencies } from '@careerhooks/store';
import { z } from 'zod';
import { scopeOf } from '../../access/caller';
import { defineOperation } from '../../operation';
import { hasEnded, sumUp } from '../../present/sum-up';

/** "Keep only last 100 latencies" */
const LATENCIES = 100;

const metricsOut = z
  .object({
    received: z.number().int().meta({ description: 'Deliveries that have ended' }),
    processed: z.number().int().meta({ description: 'Of those, delivered' }),
    failed: z.number().int().meta({ description: 'Of those, failed, expired or cancelled' }),
    byType: z
      .record(
        z.string(),
        z
          .object({
            received: z.number().int().meta({ description: 'Deliveries that have ended' }),
            processed: z.number().int().meta({ description: 'Of those, delivered' }),
          })
          .meta({ id: 'TypeMetrics', description: 'Metrics of one event type' }),
      )
      .meta({ description: 'The same for each event type' }),
    latency: z
      .array(z.number())
      .max(LATENCIES)
      .meta({ description: 'Milliseconds of the newest deliveries, the newest last' }),
    successRate: z.string().meta({ description: 'Processed of received', example: '96.67%' }),
    averageLatency: z.string().meta({ description: 'Of `latency`', example: '120.50ms' }),
  })
  .meta({ id: 'Metrics', description: 'Metrics of deliveries' });

export const getMetricsOperation = defineOperation({
  id: 'pathfinderGetMetrics',
  method: 'get',
  path: '/api/webhooks/metrics',
  tag: 'Monitoring',
  summary: 'Get the metrics of deliveries',
  description: "As the document's WebhookMetrics gathers them; tests are left out.",
  access: 'manage',
  responses: {
    '200': {
      description: 'The metrics',
      schema: z
        .object({
          success: z.literal(true).meta({ description: 'Always true' }),
          data: z
            .object({ metrics: metricsOut })
            .meta({ id: 'MetricsData', description: 'The metrics' }),
        })
        .meta({ id: 'MetricsAnswer', description: 'The metrics' }),
      examples: {
        example: {
          success: true,
          data: {
            metrics: {
              received: 30,
              processed: 29,
              failed: 1,
              byType: { 'resume.generated': { received: 30, processed: 29 } },
              latency: [118, 123],
              successRate: '96.67%',
              averageLatency: '120.50ms',
            },
          },
        },
      },
    },
  },
  async handle({ caller }, { store }) {
    const scope = scopeOf(caller);
    const [rows, latency] = await Promise.all([
      deliveryStats(store, scope, {}),
      recentLatencies(store, scope, LATENCIES),
    ]);
    const byType: Record<string, { received: number; processed: number }> = {};
    for (const row of rows.filter(hasEnded)) {
      const { finished, delivered } = sumUp([row]);
      const before = byType[row.type] ?? { received: 0, processed: 0 };
      byType[row.type] = {
        received: before.received + finished,
        processed: before.processed + delivered,
      };
    }
    const { finished: received, delivered: processed } = sumUp(rows);
    const metrics: z.output<typeof metricsOut> = {
      received,
      processed,
      failed: received - processed,
      byType,
      latency,
      // The document's class divides by zero where there is nothing yet.
      successRate: `${(received === 0 ? 0 : (processed / received) * 100).toFixed(2)}%`,
      averageLatency: `${(latency.length === 0 ? 0 : sum(latency) / latency.length).toFixed(2)}ms`,
    };
    return { status: 200, json: { success: true, data: { metrics } } };
  },
});

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
