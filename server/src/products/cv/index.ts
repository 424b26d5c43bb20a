import express, { type ErrorRequestHandler, Router } from 'express';
import type { ServerContext } from '../../context';
import { toProblem } from '../../problems/to-problem';
import { limitAddresses, limitRate } from './limits';
import { readingRoutes } from './read-cv';
import { receiveWebhook } from './receive-webhook';
import { WebhookError } from './webhook-error';

const BODY_LIMIT = '1mb';
const WEBHOOK = ['/api/webhook/cv', '/cv/api/webhook/cv'];

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
    // The signature is over the bytes as they came, whatever they claim to be.
    express.raw({ limit: BODY_LIMIT, type: () => true, inflate: false }),
    receiveWebhook(context),
  );
  receive.all(WEBHOOK, (request) => {
    throw new WebhookError('NOT_FOUND', { reason: `${request.method} is not served here.` });
  });
  router.use(receive);
  const reading = readingRoutes(context);
  router.use(reading);
  router.use('/cv', reading);
  router.use(answerErrors(context));
  return router;
}

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
  const problem = toProblem(error);
  if (problem?.code === 'body_too_large') {
    return new WebhookError('PAYLOAD_TOO_LARGE', { limitBytes: 1_048_576 });
  }
  if (problem?.code === 'rate_limited') {
    return new WebhookError('RATE_LIMIT_EXCEEDED', { reason: problem.detail });
  }
  if (problem !== undefined && problem.status < 500) {
    return new WebhookError('INVALID_PAYLOAD', { reason: problem.detail });
  }
  return new WebhookError('INTERNAL_ERROR');
}
