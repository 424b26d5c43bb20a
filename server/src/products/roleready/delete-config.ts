import { deleteEndpoint } from '@careerhooks/store';
import { z } from 'zod';
import { defineOperation } from '../../operation';
import { requireConfig } from './require-config';

export const deleteConfigOperation = defineOperation({
  id: 'rolereadyDeleteConfig',
  method: 'delete',
  path: '/api/webhooks/config',
  tag: 'Webhook configuration',
  summary: 'Delete the webhook configuration',
  description: 'The log of its deliveries stays.',
  access: 'manage',
  responses: {
    '200': {
      description: 'Deleted',
      schema: z
        .object({
          success: z.literal(true).meta({ description: 'Always true' }),
          message: z.string().meta({ description: 'The same for people' }),
        })
        .meta({ id: 'DeletedConfig', description: 'That the configuration is no more' }),
      examples: {
        example: { success: true, message: 'Webhook configuration deleted successfully' },
      },
    },
  },
  problems: ['not_found'],
  async handle({ caller }, context) {
    const { id } = await requireConfig(context, caller);
    await deleteEndpoint(context.store, id);
    return {
      status: 200,
      json: { success: true, message: 'Webhook configuration deleted successfully' },
    };
  },
});
