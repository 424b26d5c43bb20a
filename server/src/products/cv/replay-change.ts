import { reopenCvChange } from '@careerhooks/store';
import { cvChangeExample } from '../../examples/cv';
import { defineOperation } from '../../operation';
import { presentCvChange } from '../../present/present-cv-change';
import { cvChangeOut } from '../../schemas/cv';
import { commitWebhook } from './commit-webhook';
import { idParams, noQuery, success } from './fields';
import { requireChange } from './require-change';
import { WebhookError } from './webhook-error';

export const replayChangeOperation = defineOperation({
  id: 'cvReplayChange',
  method: 'post',
  path: '/api/webhook/cv/history/{id}/replay',
  tag: 'History',
  summary: 'Make a failed webhook again',
  description: 'Only what was not done: its failed steps, or all of it where the CV refused it.',
  access: 'manage',
  params: idParams,
  query: noQuery,
  responses: {
    '200': {
      description: 'It goes on, or is done',
      schema: cvChangeOut
        .extend({ success })
        .meta({ id: 'ReplayedCvChange', description: 'A change of the CV that is made again' }),
      examples: { example: { success: true, ...cvChangeExample } },
    },
  },
  async handle({ params }, context) {
    const { store, engine } = context;
    const { id, status, action, section, data } = await requireChange(store, params.id);
    if (status !== 'failed') throw new WebhookError('NOT_FAILED', { status });
    if (await reopenCvChange(store, id)) engine.wakeCv();
    else {
      const change = { action, section, data: JSON.parse(data) as unknown };
      await commitWebhook(context, change, { id, receivedAt: Date.now() });
    }
    return {
      status: 200,
      json: { success: true, ...presentCvChange(await requireChange(store, id)) },
    };
  },
});
