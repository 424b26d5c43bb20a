import { z } from 'zod';
import { restoreBackup } from '../../cv/restore';
import { defineOperation } from '../../operation';
import { idParams, noQuery, success } from './fields';
import { WebhookError } from './webhook-error';

export const restoreBackupOperation = defineOperation({
  id: 'cvRestoreBackup',
  method: 'post',
  path: '/api/cv/backups/{id}/restore',
  tag: 'CV',
  summary: 'Restore an earlier version of the CV',
  description: 'A change like others, with a backup of what it replaces.',
  access: 'manage',
  params: idParams,
  query: noQuery,
  responses: {
    '200': {
      description: 'Restored',
      schema: z
        .object({
          success,
          id: z.string().meta({ description: 'Id of the change' }),
          version: z.number().int().meta({ description: 'Of the CV, with this change' }),
        })
        .meta({ id: 'RestoredCv', description: 'A version of the CV that is back' }),
      examples: { example: { success: true, id: 'wh_0192f0c4a7b17c3e8d21', version: 9 } },
    },
  },
  async handle({ params }, context) {
    const restored = await restoreBackup(context, params.id);
    if (restored === undefined) throw new WebhookError('NOT_FOUND');
    return { status: 200, json: { success: true, ...restored } };
  },
});
