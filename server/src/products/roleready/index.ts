import { z } from 'zod';
import { expressStatus, type Product } from '../product';
import { deleteConfigOperation } from './delete-config';
import { getConfigOperation } from './get-config';
import { getStatsOperation } from './get-stats';
import { listLogsOperation } from './list-logs';
import { regenerateSecretOperation } from './regenerate-secret';
import { saveConfigOperation } from './save-config';
import { testConfigOperation } from './test-config';

/** RoleReady: one configuration for each user. */
export const roleready: Product = {
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
  errorSchema: z.object({ success: z.literal(false), error: z.string(), details: z.string() }),
  answerError: (problem) => ({
    status: expressStatus(problem),
    json: { success: false, error: problem.title, details: problem.detail },
  }),
};
