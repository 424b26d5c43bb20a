import { listCvChanges } from '@careerhooks/store';
import { z } from 'zod';
import { cvChangeExample } from '../../examples/cv';
import { defineOperation } from '../../operation';
import { presentCvChange } from '../../present/present-cv-change';
import { presentList } from '../../present/present-list';
import { page, pageQuery } from '../../schemas/common';
import { cvChangeOut, cvChangeStatus } from '../../schemas/cv';
import { requireCvKey } from './require-cv-key';

export const listCvChangesOperation = defineOperation({
  id: 'listCvChanges',
  method: 'get',
  path: '/v1/cv/changes',
  tag: 'CV',
  summary: 'List changes of the CV, newest first',
  description: 'Those that came as webhooks, too.',
  access: 'any',
  query: z.strictObject({
    ...pageQuery,
    status: cvChangeStatus.optional().meta({ description: 'Only changes with this status' }),
  }),
  responses: {
    '200': {
      description: 'A page of changes',
      schema: page('CvChangePage', cvChangeOut),
      examples: { example: { data: [cvChangeExample], next_cursor: null } },
    },
  },
  problems: ['forbidden'],
  async handle({ query, caller }, { store }) {
    requireCvKey(caller);
    const { status, ...wanted } = query;
    const listed = await listCvChanges(store, { status }, wanted);
    return { status: 200, json: presentList(listed, presentCvChange) };
  },
});
