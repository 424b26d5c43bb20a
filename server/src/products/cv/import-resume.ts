import { CvError } from '@careerhooks/cv';
import type { RequestHandler } from 'express';
import type { ServerContext } from '../../context';
import { importCv } from '../../cv/import';
import { presentImport } from '../../present/present-import';
import { importQuery } from '../../schemas/cv';
import { readQuery } from './read-query';
import { WebhookError } from './webhook-error';

/** `PUT /api/cv/resume.json`: a JSON Resume takes the place of the CV, or says what it would change. */
export function importResumeJson(context: ServerContext): RequestHandler {
  return async (request, response) => {
    const receivedAt = Date.now();
    const { dry_run, version } = readQuery(importQuery, request);
    const dryRun = dry_run === 'true';
    try {
      const imported = await importCv(context, request.body, { dryRun, version, receivedAt });
      const { changes } = imported.result;
      const message =
        changes.length === 0
          ? 'Nothing to change'
          : dryRun
            ? 'Nothing was written: this is what would change'
            : 'The CV was imported';
      response.json({ success: true, message, ...presentImport(imported, dryRun) });
    } catch (error) {
      if (!(error instanceof CvError)) throw error;
      throw new WebhookError(error.code, { issues: error.issues }, error.message);
    }
  };
}
