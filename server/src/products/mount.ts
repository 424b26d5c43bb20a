import {
  type ErrorRequestHandler,
  Router,
  type Request as HttpRequest,
  type RequestHandler,
} from 'express';
import type { ServerContext } from '../context';
import { serveDocuments } from '../openapi/serve-documents';
import { Problem } from '../problems/problem';
import { problemHeaders } from '../problems/problem-headers';
import { toProblem } from '../problems/to-problem';
import { readJson } from '../read-json';
import { createRouter } from '../router';
import { isUnder, onlyUnder } from '../path-prefix';
import { PRODUCTS } from '.';
import { aboutProduct } from './about-product';
import { identify, type ProductCaller } from './identify';
import type { WebhookProduct } from './product';

const BODY_LIMIT = '256kb';

/**
 * The products' own APIs, each twice: under `/{system}/…`, and where its document has it. Where
 * several products share a path, the bearer token's system says whose API it is.
 */
export function mountProducts(context: ServerContext): Router {
  const router = Router();
  const callers = new WeakMap<HttpRequest, ProductCaller>();
  const served = new Map(
    PRODUCTS.map((product) => [product.system, serve(product, context, callers)]),
  );

  for (const product of PRODUCTS) {
    router.use(serveDocuments(context, product.operations, aboutProduct(product)));
    router.use(
      `/${product.system}`,
      know(context, callers, { systems: [product.system], named: true }),
      served.get(product.system) ?? [],
      errorAnswer(product, context),
    );
  }
  for (const [root, sharers] of byRoot()) {
    const systems = sharers.map(({ system }) => system);
    const [first] = sharers;
    if (first === undefined) continue;
    const choose: RequestHandler = (request, response, next) => {
      const system = callers.get(request)?.key.system ?? '';
      if (!systems.includes(system)) {
        throw new Problem('not_found', `This token is of ${system}, which has no API at ${root}.`);
      }
      served.get(system)?.(request, response, next);
    };
    const at = onlyUnder(root);
    router.use(at(know(context, callers, { systems, named: false })), at(choose));
    // Which product it would have been is not known without a token. The first one's shape has what
    // the others' readers look for.
    const answer = errorAnswer(first, context);
    router.use(((error, request, response, next) => {
      if (isUnder(root, request.path)) void answer(error, request, response, next);
      else next(error);
    }) satisfies ErrorRequestHandler);
  }
  return router;
}

function byRoot(): Map<string, WebhookProduct[]> {
  const roots = new Map<string, WebhookProduct[]>();
  for (const product of PRODUCTS) {
    roots.set(product.root, [...(roots.get(product.root) ?? []), product]);
  }
  return roots;
}

/** Authenticates before anything of the body is read. */
function know(
  context: ServerContext,
  callers: WeakMap<HttpRequest, ProductCaller>,
  wanted: { systems: readonly string[]; named: boolean },
): RequestHandler {
  return async (request, _, next) => {
    callers.set(request, await identify(context, request, wanted));
    next();
  };
}

/** One product's API for callers that are known; it answers every request. */
function serve(
  product: WebhookProduct,
  context: ServerContext,
  callers: WeakMap<HttpRequest, ProductCaller>,
): Router {
  const router = Router();
  // The documents' requests do not all name a content type; their bodies are JSON all the same.
  router.use(...readJson({ limit: BODY_LIMIT, type: () => true }));
  router.use(
    createRouter(product.operations, context, {
      identify(request) {
        const caller = callers.get(request);
        if (caller === undefined) throw new Problem('unauthorized', 'Send a bearer token.');
        return caller;
      },
    }),
  );
  router.use(((request) => {
    throw new Problem('not_found', `There is no ${request.method} ${request.path}.`);
  }) satisfies RequestHandler);
  router.use(errorAnswer(product, context));
  return router;
}

function errorAnswer(product: WebhookProduct, context: ServerContext): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem =
      toProblem(error) ?? new Problem('internal_error', 'Try again; if it stays, see the log.');
    if (problem.status >= 500) {
      context.log.error(
        { err: error, method: request.method, path: request.path, system: product.system },
        'request failed',
      );
    }
    const { status, json } = product.answerError(problem, request);
    response.set(problemHeaders(problem)).status(status).json(json);
  };
}
