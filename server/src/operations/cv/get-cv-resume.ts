import { toJsonResume } from '@careerhooks/cv';
import { readCurrentCv } from '../../cv/read';
import { defineOperation } from '../../operation';
import { resumeAnswer } from '../../present/present-cv';
import { requireCvKey } from './require-cv-key';

export const getCvResumeOperation = defineOperation({
  id: 'getCvResume',
  method: 'get',
  path: '/v1/cv/resume',
  tag: 'CV',
  summary: 'Export the CV as JSON Resume',
  description:
    'Version 1.0.0 of the schema. Importing it again gives the same CV: what the schema has no field for stands in fields of our own.',
  access: 'any',
  responses: { '200': resumeAnswer },
  problems: ['forbidden'],
  async handle({ caller }, { store }) {
    requireCvKey(caller);
    const { cv } = await readCurrentCv(store);
    return { status: 200, json: toJsonResume(cv) };
  },
});
