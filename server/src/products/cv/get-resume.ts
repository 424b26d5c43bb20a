import { toJsonResume } from '@careerhooks/cv';
import { readCurrentCv } from '../../cv/read';
import { defineOperation } from '../../operation';
import { resumeAnswer } from '../../present/present-cv';

export const getResumeOperation = defineOperation({
  id: 'cvGetResume',
  method: 'get',
  path: '/api/cv/resume.json',
  tag: 'CV',
  summary: 'Export the CV as JSON Resume',
  description: 'Version 1.0.0 of the schema. Importing it again gives the same CV.',
  access: 'any',
  responses: { '200': resumeAnswer },
  async handle(_request, { store }) {
    const { cv } = await readCurrentCv(store);
    return { status: 200, json: toJsonResume(cv) };
  },
});
