import { CvError, type ImportedResume } from '@careerhooks/cv';
import { z } from 'zod';
import { importCv } from '../../cv/import';
import { importedCvExample, resumeExample } from '../../examples/cv';
import { defineOperation } from '../../operation';
import { presentImport } from '../../present/present-import';
import { importedCvOut, importQuery } from '../../schemas/cv';
import { success } from './fields';
import { WebhookError } from './webhook-error';

export const importResumeOperation = defineOperation({
  id: 'cvImportResume',
  method: 'put',
  path: '/api/cv/resume.json',
  tag: 'CV',
  summary: 'Import a JSON Resume',
  description:
    'The sections that the file has take the place of those of the CV, with a backup; the others stay. Importing the same file again changes nothing.',
  access: 'manage',
  query: importQuery,
  // Any JSON: what is no JSON Resume is refused in the CV's own words.
  body: z.unknown().meta({ description: 'A JSON Resume, of version 1.0.0 or older' }),
  bodyExamples: { example: resumeExample },
  responses: {
    '200': {
      description: 'Imported, or nothing to change',
      schema: importedCvOut
        .extend({ success, message: z.string().meta({ description: 'What came of it' }) })
        .meta({ id: 'ImportAnswer', description: 'What a JSON Resume changes in the CV' }),
      examples: {
        example: { success: true, message: 'The CV was imported', ...importedCvExample },
      },
    },
  },
  async handle({ body, query }, context) {
    const dryRun = query.dry_run === 'true';
    const { version } = query;
    try {
      const imported = await importCv(context, body, { dryRun, version, receivedAt: Date.now() });
      const message = tell(imported.result, dryRun);
      return {
        status: 200,
        json: { success: true, message, ...presentImport(imported, dryRun) },
      };
    } catch (error) {
      if (!(error instanceof CvError)) throw error;
      throw new WebhookError(error.code, { issues: error.issues }, error.message);
    }
  },
});

function tell({ changes }: ImportedResume, dryRun: boolean): string {
  if (changes.length === 0) return 'Nothing to change';
  return dryRun ? 'Nothing was written: this is what would change' : 'The CV was imported';
}
