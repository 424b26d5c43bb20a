import { z } from 'zod';
import { rotateSecret } from '../../endpoints/rotate';
import { defineOperation } from '../../operation';
import { requireConfig } from './require-config';

export const regenerateSecretOperation = defineOperation({
  id: 'rolereadyRegenerateSecret',
  method: 'post',
  path: '/api/webhooks/regenerate-secret',
  tag: 'Webhook configuration',
  summary: 'Regenerate the secret',
  description: 'The old one signs nothing from now on: who regenerates may have lost it.',
  access: 'manage',
  responses: {
    '200': {
      description: 'The new secret',
      schema: z
        .object({
          success: z.literal(true).meta({ description: 'Always true' }),
          message: z.string().meta({ description: 'The same for people' }),
          secret: z.string().meta({ description: 'The new secret' }),
        })
        .meta({ id: 'RegeneratedSecret', description: 'The new secret' }),
      examples: {
        example: {
          success: true,
          message: 'Webhook secret regenerated successfully',
          secret: 'only-an-example-of-a-secret',
        },
      },
    },
  },
  problems: ['not_found'],
  async handle({ caller }, context) {
    const config = await requireConfig(context, caller);
    const { secret } = await rotateSecret(context, config, { overlapUntil: Date.now() });
    return {
      status: 200,
      json: { success: true, message: 'Webhook secret regenerated successfully', secret },
    };
  },
});
