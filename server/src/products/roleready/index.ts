import { z } from 'zod';
import { expressStatus, type WebhookProduct } from '../product';
import { deleteConfigOperation } from './delete-config';
import { getConfigOperation } from './get-config';
import { getStatsOperation } from './get-stats';
import { listLogsOperation } from './list-logs';
import { regenerateSecretOperation } from './regenerate-secret';
import { saveConfigOperation } from './save-config';
import { testConfigOperation } from './test-config';

/** RoleReady: one configuration for each user. */
export const roleready: WebhookProduct = {
  system: 'roleready',
  name: 'RoleReady',
  root: '/api/webhooks',
  operations: [
    getConfigOperation,
    saveConfigOperation,
    deleteConfigOperation,
    testConfigOperation,
    listLogsOperation,
    getStatsOperation,
    regenerateSecretOperation,
  ],
  tags: {
    'Webhook configuration': 'The one URL of each user that gets events.',
    Deliveries: 'What was sent there, and what came of it.',
  },
  errorSchema: z
    .object({
      success: z.literal(false).meta({ description: 'Always false' }),
      error: z.string().meta({ description: 'What is wrong' }),
      details: z.string().meta({ description: 'What to do about it' }),
    })
    .meta({ id: 'ErrorAnswer', description: 'What is wrong with a request' }),
  answerError: (problem) => ({
    status: expressStatus(problem),
    json: { success: false, error: problem.title, details: problem.detail },
  }),
};
