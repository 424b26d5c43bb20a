import { cvChangeExample } from '../../examples/cv';
import { defineOperation } from '../../operation';
import { presentCvChange } from '../../present/present-cv-change';
import { cvChangeOut } from '../../schemas/cv';
import { idParams } from './fields';
import { requireChange } from './require-change';

export const getChangeOperation = defineOperation({
  id: 'cvGetChange',
  method: 'get',
  path: '/api/webhook/cv/history/{id}',
  tag: 'History',
  summary: 'Show a webhook and its steps',
  description: 'The steps that follow a change are shown as they are made.',
  access: 'any',
  params: idParams,
  responses: {
    '200': {
      description: 'The change',
      schema: cvChangeOut,
      examples: { example: cvChangeExample },
    },
  },
  async handle({ params }, { store }) {
    return { status: 200, json: presentCvChange(await requireChange(store, params.id)) };
  },
});
