import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { plainForwardedFor } from './access/plain-forwarded-for';
import { createConnectPage } from './connect-page';
import type { ServerContext, ServerSettings } from './context';
import { IMPORT_LIMIT } from './cv/import';
import { createCvPage } from './cv/page';
import { createDocsPages } from './docs-pages';
import { NATIVE } from './openapi/about';
import { serveDocuments } from './openapi/serve-documents';
import { OPERATIONS } from './operations';
import { limitHeaders } from './limits/limit-headers';
import { createLimits } from './limits/limits';
import { Problem } from './problems/problem';
import { problemHeaders } from './problems/problem-headers';
import { readJson } from './read-json';
import { importCvResumeOperation } from './operations/cv/import-cv-resume';
import { mountCv } from './products/cv/mount';
import { mountProducts } from './products/mount';
import { createSecurityHeaders } from './security-headers';
import { toProblem } from './problems/to-problem';
import { createRouter } from './router';
import { isUnder, onlyUnder } from './path-prefix';

const BODY_LIMIT = '1mb';
/** Of the native API; its health and metrics are beside it. */
const API_ROOT = '/v1';

/** The HTTP server's application: the native API, its documents, and problem+json for everything else. */
export function createApp(settings: ServerSettings): Express {
  const { intake, readiness } = settings;
  const context: ServerContext = {
    ...settings,
    intake: { add: (publications) => readiness.watch(intake.add(publications)) },
    limits: createLimits(settings.requestsPerSecond),
    cvPage: createCvPage(settings.cv.htmlTheme, settings.cv.fonts.lang),
  };
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', settings.trustProxy);
  app.use(createSecurityHeaders());
  app.use(limitHeaders);
  app.use(plainForwardedFor);
  const native: RequestHandler[] = [
    ...readJson({ limit: BODY_LIMIT }),
    createRouter(
      OPERATIONS.filter(({ path }) => isUnder(API_ROOT, path)),
      context,
    ),
    // Not under another spelling: a proxy that keeps /metrics from the public has one path to know.
    createRouter(
      OPERATIONS.filter(({ path }) => !isUnder(API_ROOT, path)),
      context,
      { caseSensitive: true, strict: true },
    ),
  ];
  // First, since most requests are of producers: the products' many routes need not be looked through.
  app.put(importCvResumeOperation.path, ...readJson({ limit: IMPORT_LIMIT }));
  app.use(native.map(onlyUnder(API_ROOT)));
  // Before the body parser: the products' APIs answer in shapes of their own whatever a body is.
  app.use(mountCv(context));
  app.use(mountProducts(context));
  app.use(native);

  app.use(serveDocuments(context, OPERATIONS, NATIVE));
  app.use(createDocsPages());
  app.use(createConnectPage());
  app.use(notFound);
  app.use(problemAnswer(context));
  return app;
}

const notFound: RequestHandler = (request) => {
  throw new Problem(
    'not_found',
    `There is no ${request.method} ${request.path}. GET /docs lists what there is.`,
  );
};

function problemAnswer(context: ServerContext): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem =
      toProblem(error) ?? new Problem('internal_error', 'Try again; if it stays, see the log.');
    if (problem.status >= 500) {
      context.log.error(
        { err: error, method: request.method, path: request.path },
        'request failed',
      );
    }
    response
      .set(problemHeaders(problem))
      .status(problem.status)
      .type('application/problem+json')
      .send(JSON.stringify(problem));
  };
}
