import { CvError } from '@careerhooks/cv';
import { z } from 'zod';
import { importedCvExample, resumeExample } from '../../examples/cv';
import { defineOperation } from '../../operation';
import { Problem } from '../../problems/problem';
import { trueOrFalse } from '../../schemas/common';
import { importedCvOut, resume } from '../../schemas/cv';
import { importCv, presentImport } from './import-cv';
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
  query: z.strictObject({
    dry_run: trueOrFalse
      .default('false')
      .meta({ description: 'Only say what would change, and write nothing' }),
    version: z.coerce
      .number()
      .int()
      .min(0)
      .optional()
      .meta({ description: 'Refuse where the CV is not at this version any more', example: 7 }),
  }),
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
