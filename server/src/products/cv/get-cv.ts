import { readCurrentCv } from '../../cv/read';
import { defineOperation } from '../../operation';
import { cvAnswer, presentCv } from '../../present/present-cv';

export const getCvOperation = defineOperation({
  id: 'cvGetCv',
  method: 'get',
  path: '/api/cv',
  tag: 'CV',
  summary: 'Show the whole CV',
  description: 'As the newest change left it.',
  access: 'any',
  responses: { '200': cvAnswer },
  async handle(_request, { store }) {
    return { status: 200, json: presentCv(await readCurrentCv(store)) };
  },
});
