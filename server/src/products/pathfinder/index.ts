import { z } from 'zod';
import { expressStatus, type WebhookProduct } from '../product';
import { createWebhookOperation } from './create-webhook';
import { deleteWebhookOperation } from './delete-webhook';
import { getMetricsOperation } from './get-metrics';
import { getWebhookOperation } from './get-webhook';
import { listWebhooksOperation } from './list-webhooks';
import { testWebhookOperation } from './test-webhook';
import { updateWebhookOperation } from './update-webhook';

/** Pathfinder: any number of webhooks, answers within `{success, data}`. */
export const pathfinder: WebhookProduct = {
  system: 'pathfinder',
  name: 'Pathfinder',
  root: '/api/webhooks',
  operations: [
    createWebhookOperation,
    listWebhooksOperation,
    getMetricsOperation,
    getWebhookOperation,
    updateWebhookOperation,
    deleteWebhookOperation,
    testWebhookOperation,
  ],
  tags: {
    Webhooks: 'URLs that get events.',
    Monitoring: 'How deliveries fare.',
  },
  errorSchema: z
    .object({
      success: z.literal(false).meta({ description: 'Always false' }),
      error: z.string().meta({ description: 'What is wrong, and what to do about it' }),
    })
    .meta({ id: 'ErrorAnswer', description: 'What is wrong with a request' }),
  answerError: (problem) => ({
    status: expressStatus(problem),
    json: { success: false, error: problem.detail },
  }),
};
