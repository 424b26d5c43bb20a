import type { z } from 'zod';
import type { Operation } from '../operation';
import type { Problem } from '../problems/problem';

/** A product's own API. */
export interface Product {
  /** The system's key, which its routes are also served under: `/roleready/api/webhooks/config`. */
  system: string;
  operations: readonly Operation[];
}

/**
 * One by which its users look after webhooks, as the product's document has it: `mountProducts` serves it,
 * and an OpenAPI document of it.
 */
export interface WebhookProduct extends Product {
  name: string;
  /** Where all of its routes are; products may share one. */
  root: `/${string}`;
  /** What each tag of its operations is about. */
  tags: Readonly<Record<string, string>>;
  /** What its errors look like. */
  errorSchema: z.ZodType;
  /** A problem in the product's own shape and status. */
  answerError(
    problem: Problem,
    request: { method: string },
  ): { status: number; json: Record<string, unknown> };
}

/**
 * The status of a problem in products that know 400 alone for what is wrong with a request, as
 * Express applications do.
 */
export function expressStatus(problem: Problem): number {
  return problem.status === 422 || problem.status === 415 ? 400 : problem.status;
}
