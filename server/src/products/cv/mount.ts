import { ThemeError } from '@careerhooks/cv';
import { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import type { ServerContext } from '../../context';
import { IMPORT_LIMIT } from '../../cv/import';
import { toProblem } from '../../problems/to-problem';
import { readJson } from '../../read-json';
import { createRouter } from '../../router';
import { cv } from '.';
import { authorizeToken } from './authorize';
import { limitAddresses, limitRate } from './limits';
import { receiveWebhook } from './receive-webhook';
import { readWebhookBody, tooLarge } from './webhook-body';
import { WebhookError } from './webhook-error';

const WEBHOOK = ['/api/webhook/cv', '/cv/api/webhook/cv'];
const OURS = /^\/(cv\/)?api\/(webhook\/)?cv([./]|$)/i;

/**
 * The CV Website's side: the webhook that its document describes, and what reads the CV that the
 * webhooks write; at the documented path, and under /cv.
 */
export function mountCv(context: ServerContext): Router {
  const router = Router();
  const receive = Router();
  receive.post(
    WEBHOOK,
    limitAddresses(context.cv.allowIps),
    limitRate(),
    ...readWebhookBody(),
    receiveWebhook(context),
  );
  receive.all(WEBHOOK, (request) => {
    throw new WebhookError('NOT_FOUND', { reason: `${request.method} is not served here.` });
  });
  router.use(refuseNul);
  router.use(receive);
  const reading = createRouter(cv.operations, context, {
    identify: (request, access) => authorizeToken(context, request, access),
    readBody: [...readJson({ limit: IMPORT_LIMIT, type: () => true }), noBodyIsNull],
  });
  router.use(reading);
  router.use(`/${cv.system}`, reading);
  router.use(answerErrors(context));
  return router;
}

/** For a body that is missing to be refused as what it is not, and not for its media type. */
const noBodyIsNull: RequestHandler = (request, _response, next) => {
  request.body ??= null;
  next();
};

/** NUL in an id or a parameter, which no id has, and PostgreSQL does not take. */
const refuseNul: RequestHandler = (request, _response, next) => {
  if (OURS.test(request.path) && request.url.includes('%00')) {
    const issues = [{ path: 'url', message: 'must not contain NUL (%00)' }];
    throw new WebhookError('VALIDATION_FAILED', { issues });
  }
  next();
};

/** Only for this router's own paths: an error of another's handler never gets here. */
function answerErrors(context: ServerContext): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const answer = error instanceof WebhookError ? error : translate(error);
    if (answer.status >= 500) {
      context.log.error({ err: error, path: request.path, system: 'cv' }, 'request failed');
    }
    if (answer.code === 'UNAUTHORIZED') response.set('www-authenticate', 'Bearer realm="cv"');
    response.status(answer.status).json(answer);
  };
}

function translate(error: unknown): WebhookError {
  if (error instanceof ThemeError) {
    return new WebhookError('THEME_FAILED', { theme: error.theme, reason: error.reason });
  }
  const problem = toProblem(error);
  if (problem?.code === 'body_too_large') {
    return tooLarge((error as { limit?: number }).limit);
  }
  if (problem?.code === 'invalid_request' && problem.issues.length > 0) {
    return new WebhookError('VALIDATION_FAILED', { issues: problem.issues });
  }
  if (problem?.code === 'rate_limited') {
    return new WebhookError('RATE_LIMIT_EXCEEDED', { reason: problem.detail });
  }
  if (problem !== undefined && problem.status < 500) {
    return new WebhookError('INVALID_PAYLOAD', { reason: problem.detail });
  }
  return new WebhookError('INTERNAL_ERROR');
}
