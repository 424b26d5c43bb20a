import { defineOperation } from '../../operation';

export const getMetricsOperation = defineOperation({
  id: 'metrics',
  method: 'get',
  path: '/metrics',
  tag: 'Health',
  summary: 'Metrics for Prometheus',
  description:
    'Totals only: nothing of any tenant. While the server is not ready, it lacks what the database would have to be asked for.',
  access: 'public',
  responses: {
    '200': {
      description: "Prometheus' text format",
      type: 'text/plain',
      examples: {
        example:
          '# HELP careerhooks_events_accepted_total Events accepted by this process\n# TYPE careerhooks_events_accepted_total counter\ncareerhooks_events_accepted_total{system="roleready",duplicate="false"} 12\n',
      },
    },
  },
  async handle(_request, { metrics }) {
    return {
      status: 200,
      text: await metrics.registry.metrics(),
      type: metrics.registry.contentType,
    };
  },
});
