import { z } from 'zod';
import { expressStatus, type WebhookProduct } from '../product';
import { createWebhookOperation } from './create-webhook';
import { deleteWebhookOperation } from './delete-webhook';
import { getWebhookOperation } from './get-webhook';
import { listWebhooksOperation } from './list-webhooks';
import { testWebhookOperation } from './test-webhook';
import { updateWebhookOperation } from './update-webhook';

/** The Proposal Generator: flat answers, and a challenge for every URL. */
export const proposals: WebhookProduct = {
  system: 'proposals',
  name: 'Proposal Generator',
  root: '/api/webhooks',
  operations: [
    createWebhookOperation,
    listWebhooksOperation,
    getWebhookOperation,
    updateWebhookOperation,
    deleteWebhookOperation,
    testWebhookOperation,
  ],
  tags: { Webhooks: 'URLs that get events, once they have answered a challenge.' },
  errorSchema: z
    .object({ error: z.string().meta({ description: 'What is wrong, and what to do about it' }) })
    .meta({ id: 'ErrorAnswer', description: 'What is wrong with a request' }),
  answerError: (problem) => ({ status: expressStatus(problem), json: { error: problem.detail } }),
};
