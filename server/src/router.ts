import { DatabaseUnavailable } from '@careerhooks/store';
import { inWords, tellIssue } from '@careerhooks/systems';
import {
  type NextFunction,
  Router,
  type Request as HttpRequest,
  type RequestHandler,
  type Response as HttpResponse,
  type RouterOptions,
} from 'express';
import { z } from 'zod';
import { type Access, authenticate } from './access/authenticate';
import type { Caller } from './access/caller';
import type { ServerContext } from './context';
import { nullDropper } from './drop-nulls';
import { DEFAULT_ORIGIN } from './openapi/document';
import type { Operation } from './operation';
import { originOf } from './origin-of';
import { type Issue, Problem } from './problems/problem';
import { sentJson } from './read-json';

/** Tells who calls an operation that is not public; throws Problem where they may not. */
type Identify = (
  request: HttpRequest,
  access: Exclude<Access, 'public'>,
) => Promise<Caller> | Caller;

/**
 * Mounts operations as Express routes: authenticate, validate, handle, answer.
 *
 * @param options.readBody reads the body of an operation that has one, once it is known who sends it;
 *   nothing where bodies are read before.
 */
export function createRouter(
  operations: readonly Operation[],
  context: ServerContext,
  {
    identify = (request, access) => authenticate(context, request, access),
    readBody = [],
    ...options
  }: RouterOptions & { identify?: Identify; readBody?: readonly RequestHandler[] } = {},
): Router {
  const router = Router(options);
  for (const operation of operations) {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1');
    router[operation.method](path, answer(operation, context, { identify, readBody }));
  }
  return router;
}

function answer(
  operation: Operation,
  context: ServerContext,
  { identify, readBody: parsers }: { identify: Identify; readBody: readonly RequestHandler[] },
): RequestHandler {
  const dropNulls = nullDropper(operation.body ?? z.unknown());
  const readBody = (request: HttpRequest): unknown => {
    const body = bodyOf(operation, request);
    dropNulls(body);
    return check(operation.body, body);
  };
  const handle: RequestHandler = async (request, response) => {
    const stopTimer = context.metrics.requestSeconds.startTimer({ operation: operation.id });
    response.on('finish', () => stopTimer({ status: String(response.statusCode) }));

    const caller: Caller =
      operation.access === 'public' ? { kind: 'admin' } : await identify(request, operation.access);
    await context.limits.count(request, caller, { outgoing: operation.outgoing === true });
    if (operation.body !== undefined) await passThrough(parsers, request, response);
    const reply = await operation.handle(
      {
        params: (check(operation.params, request.params) ?? {}) as Record<string, unknown>,
        query: (check(operation.query, request.query) ?? {}) as Record<string, unknown>,
        body: readBody(request),
        caller,
        header: (name) => request.get(name),
        origin: () => context.publicUrl ?? originOf(request) ?? DEFAULT_ORIGIN,
        tryOut: (secret, find) => context.limits.tokens.lookUp(request, secret, find),
        sent: () => sentJson(response),
      },
      context,
    );
    response.status(reply.status);
    if ('text' in reply) response.type(reply.type).send(reply.text);
    else if ('bytes' in reply) {
      response
        .set(reply.headers ?? {})
        .type(reply.type)
        .send(reply.bytes);
    } else response.set(reply.headers ?? {}).json(reply.json);
  };
  return async (request, response, next) => {
    try {
      await handle(request, response, next);
    } catch (error) {
      if (error instanceof DatabaseUnavailable) {
        context.metrics.requestsRefused.inc({ operation: operation.id, outage: error.outage });
      }
      throw error;
    }
  };
}

/** Has a request pass through handlers, one after the other; rejects with what one of them passes on. */
async function passThrough(
  handlers: readonly RequestHandler[],
  request: HttpRequest,
  response: HttpResponse,
): Promise<void> {
  for (const handler of handlers) {
    await new Promise<void>((resolve, reject) => {
      const next: NextFunction = (error?: unknown) => {
        if (error instanceof Error) reject(error);
        else resolve();
      };
      Promise.resolve(handler(request, response, next)).catch(reject);
    });
  }
}

function bodyOf(operation: Operation, request: HttpRequest): unknown {
  if (operation.body === undefined) return undefined;
  // The parser leaves the body undefined where there is none, or where it is not JSON.
  const body: unknown = request.body;
  if (body === null && operation.bodyOptional === true) return {};
  if (body !== undefined) return body;
  const empty =
    request.get('content-length') === undefined && request.get('transfer-encoding') === undefined;
  if (operation.bodyOptional === true && (empty || request.get('content-length') === '0'))
    return {};
  throw new Problem(
    'unsupported_media_type',
    'Send a JSON body with "Content-Type: application/json".',
  );
}

function check(schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value, { error: inWords });
  if (result.success) return result.data;
  const issues = result.error.issues.flatMap(plainIssues);
  const list = issues.map((issue) => tellIssue(issue, 'The body'));
  throw new Problem('invalid_request', `${list.join('; ')}.`, issues);
}

/** Of a union's alternatives, the one that has all the fields that were sent is the one that was meant. */
function plainIssues(issue: z.core.$ZodIssue): Issue[] {
  if (issue.code !== 'invalid_union') {
    return [{ path: pathOf(issue.path), message: issue.message }];
  }
  const hasAllFields = (issues: z.core.$ZodIssue[]): boolean =>
    !issues.some(({ code, path }) => code === 'unrecognized_keys' && path.length === 0);
  const meant = issue.errors.find(hasAllFields) ?? issue.errors[0] ?? [];
  return meant.flatMap((inner) => plainIssues({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** `events[0].type` */
function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : (index === 0 ? '' : '.') + String(part),
    )
    .join('');
}
