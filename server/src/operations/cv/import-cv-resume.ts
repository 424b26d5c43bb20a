import { CvError } from '@careerhooks/cv';
import { importCv } from '../../cv/import';
import { importedCvExample, resumeExample } from '../../examples/cv';
import { defineOperation } from '../../operation';
import { presentImport } from '../../present/present-import';
import { Problem } from '../../problems/problem';
import { importedCvOut, importQuery, resume } from '../../schemas/cv';
import { requireCvKey } from './require-cv-key';

export const importCvResumeOperation = defineOperation({
  id: 'importCvResume',
  method: 'put',
  path: '/v1/cv/resume',
  tag: 'CV',
  summary: 'Import a JSON Resume',
  description:
    'The sections that the file has take the place of those of the CV, with a backup; the others stay. Importing the same file again changes nothing.',
  access: 'manage',
  query: importQuery,
  body: resume,
  bodyExamples: { example: resumeExample },
  responses: {
    '200': {
      description: 'Imported, or nothing to change',
      schema: importedCvOut,
      examples: { example: importedCvExample },
    },
  },
  problems: ['cv_change_refused'],
  async handle({ body, query, caller }, context) {
    requireCvKey(caller);
    const dryRun = query.dry_run === 'true';
    const { version } = query;
    try {
      const imported = await importCv(context, body, { dryRun, version, receivedAt: Date.now() });
      return { status: 200, json: presentImport(imported, dryRun) };
    } catch (error) {
      if (!(error instanceof CvError)) throw error;
      throw new Problem('cv_change_refused', error.message, error.issues);
    }
  },
});
