import { getCvChange } from '@careerhooks/store';
import { z } from 'zod';
import { cvChangeExample } from '../../examples/cv';
import { defineOperation } from '../../operation';
import { presentCvChange } from '../../present/present-cv-change';
import { Problem } from '../../problems/problem';
import { shortText } from '../../schemas/common';
import { cvChangeOut } from '../../schemas/cv';
import { requireCvKey } from './require-cv-key';

export const getCvChangeOperation = defineOperation({
  id: 'getCvChange',
  method: 'get',
  path: '/v1/cv/changes/{id}',
  tag: 'CV',
  summary: 'Show a change of the CV and its steps',
  description: 'The steps that follow a change are shown as they are made.',
  access: 'any',
  params: z.object({ id: shortText(64).meta({ description: 'Id of the change' }) }),
  responses: {
    '200': {
      description: 'The change',
      schema: cvChangeOut,
      examples: { example: cvChangeExample },
    },
  },
  problems: ['forbidden', 'not_found'],
  async handle({ params, caller }, { store }) {
    requireCvKey(caller);
    const change = await getCvChange(store, params.id);
    if (change === undefined) throw new Problem('not_found', `There is no change ${params.id}.`);
    return { status: 200, json: presentCvChange(change) };
  },
});
