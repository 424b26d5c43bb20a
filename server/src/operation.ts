import type { z } from 'zod';
import type { Access } from './access/authenticate';
import type { Caller } from './access/caller';
import type { ServerContext } from './context';
import type { ProblemCode } from './problems/catalogue';
import type { SentJson } from './read-json';

/** A request that has passed its schemas. */
export interface Request<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  /** The admin for public operations, which do not ask. */
  caller: Caller;
  /** A request header by its lower-case name. */
  header: (name: string) => string | undefined;
  /** Where the caller reaches us: `https://hooks.example.com`. */
  origin: () => string;
  /**
   * What `find` makes of a secret that is in the request: whoever tries out wrong ones is slowed down, as
   * with wrong tokens. Throws Problem `rate_limited`.
   */
  tryOut: <Found>(
    secret: string,
    find: () => Promise<Found | undefined>,
  ) => Promise<Found | undefined>;
  /** The body as it arrived, before its schema; for operations that have one. */
  sent: () => SentJson;
}

/** What an operation answers with: JSON, or text or bytes of another type. */
export type Reply =
  | { status: number; json: unknown; headers?: Record<string, string> }
  | { status: number; text: string; type: string }
  | { status: number; bytes: Buffer; type: string; headers?: Record<string, string> };

/** An answer of an operation that is no problem, as the reference describes it. */
export interface SuccessAnswer {
  description: string;
  /** Text unless set. */
  schema?: z.ZodType;
  /** Its media type, JSON unless set. */
  type?: string;
  /** Its headers, apart from those of the limits. */
  headers?: z.ZodObject;
  /** Answers that the reference shows, by names of one word. */
  examples?: Readonly<Record<string, unknown>>;
}

/**
 * One call of the API: its route, who may make it, what it takes and gives, and
 * what it does. Express routes and the OpenAPI document are both made from it.
 */
export interface Operation {
  id: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With parameters in braces: `/v1/endpoints/{id}`. */
  path: `/${string}`;
  tag: string;
  /** One line, then what a caller has to know. */
  summary: string;
  description: string;
  access: Access;
  /** It makes us send a request to somebody's URL, at once: there is a limit to that. */
  outgoing?: boolean;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** A missing body counts as `{}`, and so does null. */
  bodyOptional?: boolean;
  /** Bodies that the reference shows, by names of one word. */
  bodyExamples?: Readonly<Record<string, unknown>>;
  headers?: z.ZodObject;
  responses: Record<`${number}`, SuccessAnswer>;
  problems?: readonly ProblemCode[];
  handle(
    request: Request<Record<string, unknown>, Record<string, unknown>, unknown>,
    context: ServerContext,
  ): Promise<Reply>;
}

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** Defines an operation whose handler gets what its schemas let through, typed. */
export function defineOperation<
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  operation: Omit<Operation, 'params' | 'query' | 'body' | 'handle'> & {
    params?: Params;
    query?: Query;
    body?: Body;
    handle(
      request: Request<Output<Params>, Output<Query>, Output<Body>>,
      context: ServerContext,
    ): Promise<Reply>;
  },
): Operation {
  // The router calls `handle` only with what these very schemas gave.
  return operation as unknown as Operation;
}
