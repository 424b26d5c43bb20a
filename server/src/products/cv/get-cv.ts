import { readCurrentCv } from '../../cv/read';
import { cvExample } from '../../examples/cv';
import { defineOperation } from '../../operation';
import { presentCv } from '../../present/present-cv';
import { cvOut } from '../../schemas/cv';

export const getCvOperation = defineOperation({
  id: 'cvGetCv',
  method: 'get',
  path: '/api/cv',
  tag: 'CV',
  summary: 'Show the whole CV',
  description: 'As the newest change left it.',
  access: 'any',
  responses: {
    '200': {
      description: 'The CV and its version',
      schema: cvOut,
      examples: { example: cvExample },
    },
  },
  async handle(_request, { store }) {
    return { status: 200, json: presentCv(await readCurrentCv(store)) };
  },
});
