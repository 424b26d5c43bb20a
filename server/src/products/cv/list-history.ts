import { listCvChanges } from '@careerhooks/store';
import { cvChangeExample } from '../../examples/cv';
import { defineOperation } from '../../operation';
import { presentCvChange } from '../../present/present-cv-change';
import { presentList } from '../../present/present-list';
import { page } from '../../schemas/common';
import { cvChangeOut } from '../../schemas/cv';
import { pageQuery } from './fields';

export const listHistoryOperation = defineOperation({
  id: 'cvListHistory',
  method: 'get',
  path: '/api/webhook/cv/history',
  tag: 'History',
  summary: 'List webhooks, newest first',
  description: 'Every change of the CV, also those that came by another way, and its steps.',
  access: 'any',
  query: pageQuery,
  responses: {
    '200': {
      description: 'A page of the history',
      schema: page('CvChangePage', cvChangeOut),
      examples: { example: { data: [cvChangeExample], next_cursor: null } },
    },
  },
  async handle({ query }, { store }) {
    const { status, ...wanted } = query;
    const listed = await listCvChanges(store, { status }, wanted);
    return { status: 200, json: presentList(listed, presentCvChange) };
  },
});
