import { readCurrentCv } from '../../cv/read';
import { defineOperation } from '../../operation';
import { cvAnswer, presentCv } from '../../present/present-cv';
import { requireCvKey } from './require-cv-key';

export const getCvOperation = defineOperation({
  id: 'getCv',
  method: 'get',
  path: '/v1/cv',
  tag: 'CV',
  summary: 'Show the whole CV',
  description: 'As the newest change left it.',
  access: 'any',
  responses: { '200': cvAnswer },
  problems: ['forbidden'],
  async handle({ caller }, { store }) {
    requireCvKey(caller);
    return { status: 200, json: presentCv(await readCurrentCv(store)) };
  },
});
