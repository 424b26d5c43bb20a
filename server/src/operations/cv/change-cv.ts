import { commitChange } from '../../cv/commit-change';
import { committedCvChangeExample, newCvChangeExample } from '../../examples/cv';
import { defineOperation } from '../../operation';
import { Problem } from '../../problems/problem';
import { committedCvChangeOut, newCvChange } from '../../schemas/cv';
import { requireCvKey } from './require-cv-key';

export const changeCvOperation = defineOperation({
  id: 'changeCv',
  method: 'post',
  path: '/v1/cv/changes',
  tag: 'CV',
  summary: 'Change the CV',
  description:
    'Applies as a whole or not at all. When this answers, the change, its backup and its event are committed; PDF, GitHub and notification follow, and `GET /v1/cv/changes/{id}` shows them.',
  access: 'manage',
  body: newCvChange,
  bodyExamples: { example: newCvChangeExample },
  responses: {
    '200': {
      description: 'Committed',
      schema: committedCvChangeOut,
      examples: { example: committedCvChangeExample },
    },
  },
  problems: ['cv_change_refused'],
  async handle({ body, caller }, context) {
    requireCvKey(caller);
    const { action, section, data } = body;
    const result = await commitChange(
      context,
      { action, section, data },
      { receivedAt: Date.now() },
    );
    if (result.outcome === 'repeated') throw new Error('A change without signature was repeated.');
    if (result.outcome === 'refused') {
      const { message, issues } = result.error;
      throw new Problem('cv_change_refused', `${message} (change ${result.id})`, issues);
    }
    const { id, version, ids, warnings } = result;
    return { status: 200, json: { id, action, section, version, ids, warnings } };
  },
});
