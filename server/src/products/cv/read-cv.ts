import { readCv, toJsonResume } from '@careerhooks/cv';
import {
  type CvChangeRecord,
  cvStats,
  getCv,
  getCvChange,
  getCvPdf,
  listCvBackups,
  listCvChanges,
  reopenCvChange,
} from '@careerhooks/store';
import { type Request, type RequestHandler, Router } from 'express';
import { z } from 'zod';
import type { ServerContext } from '../../context';
import { IMPORT_LIMIT } from '../../cv/import';
import { restoreBackup } from '../../cv/restore';
import { presentCvChange, seconds } from '../../present/present-cv-change';
import { isoTime } from '../../present/times';
import { readJson } from '../../read-json';
import { authorizeToken, type CvAccess } from './authorize';
import { commitWebhook } from './commit-webhook';
import { importResumeJson } from './import-resume';
import { readQuery } from './read-query';
import { WebhookError } from './webhook-error';

const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(64).optional(),
  status: z.enum(['processing', 'completed', 'failed']).optional(),
});

/** Calls that change something, and have no options: one that is meant to hold them back is refused. */
const noQuery = z.strictObject({});

/** What the document has no calls for: the CV itself, its backups, and the webhooks' history. */
export function readingRoutes(context: ServerContext): Router {
  const { store } = context;
  const router = Router();

  const may =
    (access: CvAccess): RequestHandler =>
    async (request, _response, next) => {
      await authorizeToken(context, request, access);
      next();
    };

  router.get('/api/cv', may('read'), async (_request, response) => {
    const cv = await getCv(store);
    response.json({
      version: cv?.version ?? 0,
      updated_at: isoTime(cv?.updatedAt ?? null),
      cv: readCv(cv?.document ?? ''),
    });
  });

  router.get('/api/cv.pdf', may('read'), async (_request, response) => {
    const pdf = await getCvPdf(store);
    if (pdf === undefined) throw new WebhookError('NOT_FOUND', { reason: 'No PDF was made yet.' });
    response
      .set('content-disposition', 'inline; filename="cv.pdf"')
      .set('x-cv-version', String(pdf.version))
      .set('last-modified', new Date(pdf.createdAt).toUTCString())
      .type('application/pdf')
      .send(pdf.content);
  });

  router.get('/api/cv.html', may('read'), async (_request, response) => {
    const cv = await getCv(store);
    const { html, policy } = await context.cvPage(readCv(cv?.document ?? ''));
    response
      .set('content-security-policy', policy)
      .set('x-cv-version', String(cv?.version ?? 0))
      .type('html')
      .send(html);
  });

  router.get('/api/cv/resume.json', may('read'), async (_request, response) => {
    const cv = await getCv(store);
    response.json(toJsonResume(readCv(cv?.document ?? '')));
  });

  router.put(
    '/api/cv/resume.json',
    may('manage'),
    readJson({ limit: IMPORT_LIMIT, type: () => true }),
    importResumeJson(context),
  );

  router.get('/api/cv/backups', may('read'), async (request, response) => {
    const { data, nextCursor } = await listCvBackups(store, readQuery(pageQuery, request));
    response.json({
      data: data.map(({ id, version, changeId, createdAt }) => ({
        id,
        version,
        change_id: changeId,
        created_at: isoTime(createdAt),
      })),
      next_cursor: nextCursor,
    });
  });

  router.post('/api/cv/backups/:id/restore', may('manage'), async (request, response) => {
    readQuery(noQuery, request);
    const committed = await restoreBackup(context, textParameter(request));
    if (committed === undefined) throw new WebhookError('NOT_FOUND');
    response.json({ success: true, ...committed });
  });

  router.get('/api/webhook/cv/history', may('read'), async (request, response) => {
    const { status, ...where } = readQuery(pageQuery, request);
    const { data, nextCursor } = await listCvChanges(store, { status }, where);
    response.json({ data: data.map(presentCvChange), next_cursor: nextCursor });
  });

  router.get('/api/webhook/cv/history/:id', may('read'), async (request, response) => {
    response.json(presentCvChange(await requireChange(request)));
  });

  router.post('/api/webhook/cv/history/:id/replay', may('manage'), async (request, response) => {
    readQuery(noQuery, request);
    const { id, status, action, section, data } = await requireChange(request);
    if (status !== 'failed') throw new WebhookError('NOT_FAILED', { status });
    if (await reopenCvChange(store, id)) context.engine.wakeCv();
    else {
      const change = { action, section, data: JSON.parse(data) as unknown };
      await commitWebhook(context, change, { id, receivedAt: Date.now() });
    }
    response.json({ success: true, ...presentCvChange(await requireChange(request)) });
  });

  router.get('/api/webhook/cv/stats', may('read'), async (_request, response) => {
    response.json(presentStats(await cvStats(store)));
  });

  async function requireChange(request: Request): Promise<CvChangeRecord> {
    const change = await getCvChange(store, textParameter(request), store.write);
    if (change === undefined) throw new WebhookError('NOT_FOUND');
    return change;
  }

  return router;
}

function textParameter(request: Request): string {
  const { id } = request.params;
  return typeof id === 'string' ? id : '';
}

/** The document's statistics, with its names; times in seconds, as Python counts them. */
function presentStats(rows: Awaited<ReturnType<typeof cvStats>>): Record<string, unknown> {
  return {
    ...summary(rows),
    by_action: groups(rows, ({ action }) => action),
    by_section: groups(rows, ({ section }) => section),
  };
}

function groups(
  rows: Awaited<ReturnType<typeof cvStats>>,
  keyOf: (row: (typeof rows)[number]) => string,
): Record<string, unknown> {
  const keys = [...new Set(rows.map(keyOf))];
  return Object.fromEntries(
    keys.map((key) => [key, summary(rows.filter((row) => keyOf(row) === key))]),
  );
}

function summary(rows: Awaited<ReturnType<typeof cvStats>>): Record<string, number | null> {
  const sum = (pick: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0);
  const finished = sum(({ completed, failed }) => completed + failed);
  return {
    total_webhooks: sum(({ total }) => total),
    success_rate: finished === 0 ? null : sum(({ completed }) => completed) / finished,
    avg_processing_time:
      finished === 0 ? null : seconds(sum(({ processingMs }) => processingMs) / finished),
  };
}
