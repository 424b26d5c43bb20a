import { defineOperation } from '../../operation';

export const getMetricsOperation = defineOperation({
  id: 'metrics',
  method: 'get',
  path: '/metrics',
  tag: 'Health',
  summary: 'Metrics for Prometheus',
  description: 'Totals only: nothing of any tenant.',
  access: 'public',
  responses: { '200': { description: "Prometheus' text format", type: 'text/plain' } },
  problems: ['database_unavailable'],
  async handle(_request, { metrics }) {
    return {
      status: 200,
      text: await metrics.registry.metrics(),
      type: metrics.registry.contentType,
    };
  },
});
