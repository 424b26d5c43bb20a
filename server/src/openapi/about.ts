import type { z } from 'zod';
import type { ProblemCode } from '../problems/catalogue';
import type { Problem } from '../problems/problem';
import { problemSchema } from './problem-schema';

/** The versions of OpenAPI that the documents are in. */
export type OpenApiVersion = '3.1.0' | '3.0.3';

/** What differs between the documents of several APIs. */
export interface About {
  title: string;
  description: string;
  /** The path that all operations' paths are under; empty for none. */
  root: '' | `/${string}`;
  /** Which bearer tokens it takes besides keys: `the admin token`. */
  otherTokens: string;
  /** What each tag of its operations is about. */
  tags: Readonly<Record<string, string>>;
  errors: {
    type: string;
    schema: z.ZodType;
    /** The status and the body of a problem. */
    present(problem: Problem, method: string): { status: number; json: unknown };
    /** What every operation may answer, besides what all APIs' may. */
    always: readonly ProblemCode[];
  };
}

/** The rules for changes, which every document ends its introduction with. */
export const COMPATIBILITY =
  'Within this version, answers get new fields, enumerations new values, operations new optional parameters and new statuses of errors: ignore what you do not know. Nothing is removed or renamed, and nothing becomes required. Requests are strict where they say so: a field that is not described is refused. Some generators have to be told: OpenAPI Generator with `disallowAdditionalPropertiesIfNotPresent=false` and `enumUnknownDefaultCase=true`.';

/** The native API. */
export const NATIVE: About = {
  title: 'CareerHooks',
  description: `Publish events, register endpoints, watch deliveries.

**Tokens.** Send a key, or the admin token, as \`Authorization: Bearer <token>\`. Each operation says which scope of a key it needs (\`x-required-scope\`); the admin token may do everything.

**Errors.** Every error is RFC 9457 problem+json with a stable \`code\`; see [the list of errors](/docs/errors).

**Lists** come in pages: send \`next_cursor\` as \`cursor\` until it is null.

**Null** for an optional field of a request means that it is left out, unless the field says what null means.

**Compatibility.** ${COMPATIBILITY}`,
  root: '',
  otherTokens: 'the admin token',
  tags: {
    Events: 'Publish events and look them up.',
    Endpoints: 'URLs that get events: register, verify, test, pause and change them.',
    Deliveries: 'Events on their way to endpoints: watch, retry, cancel and count them.',
    CV: 'Read and change the CV, with a key for the system `cv` or the admin token.',
    Systems: 'The systems, and the events that each of them publishes.',
    Keys: 'Bearer tokens for producers and integrators.',
    Health: 'Whether it works, for whatever watches over it.',
  },
  errors: {
    type: 'application/problem+json',
    schema: problemSchema,
    present: (problem) => ({ status: problem.status, json: problem }),
    always: [],
  },
};
