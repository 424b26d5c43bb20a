import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import type { Operation } from '../operation';
import { type ProblemCode, PROBLEMS } from '../problems/catalogue';
import { Problem } from '../problems/problem';

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
    detail: z.string(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });

/** What differs between the documents of several APIs. */
interface About {
  title: string;
  description: string;
  /** The path that all operations' paths are under. */
  server: string;
  errors: { type: string; schema: z.ZodType; statusOf(problem: Problem): number };
}

const NATIVE: About = {
  title: 'CareerHooks',
  description:
    'Publish events, register endpoints, watch deliveries. Every error is RFC 9457 problem+json with a stable `code`; see [the list of errors](/docs/errors).',
  server: '/',
  errors: {
    type: 'application/problem+json',
    schema: problemSchema,
    statusOf: (problem) => problem.status,
  },
};

/** The OpenAPI 3.1 document of `operations`. */
export function openApiDocument(
  operations: readonly Operation[],
  about: About = NATIVE,
): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: describe(operation, about),
    };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: about.title,
      version: '1',
      description: about.description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: about.server }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  });
}

function describe(operation: Operation, about: About): ZodOpenApiOperationObject {
  const successes = Object.entries(operation.responses).map(([status, response]) => [
    status,
    {
      description: response.description,
      // 204 has no content, and so no type of it (RFC 9110, 15.3.5).
      ...(status !== '204' && {
        content: {
          [response.type ?? 'application/json']: { schema: response.schema ?? z.string() },
        },
      }),
    },
  ]);
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.description !== undefined && { description: operation.description }),
    security: operation.access === 'public' ? [] : [{ token: [] }],
    requestParams: {
      ...(operation.params && { path: operation.params }),
      ...(operation.query && { query: operation.query }),
      ...(operation.headers && { header: operation.headers }),
    },
    ...(operation.body && {
      requestBody: {
        required: operation.bodyOptional !== true,
        content: { 'application/json': { schema: operation.body } },
      },
    }),
    responses: {
      ...Object.fromEntries(successes),
      ...problemResponses(operation, about.errors),
    } as ZodOpenApiOperationObject['responses'],
  };
}

function problemResponses(operation: Operation, errors: About['errors']): Record<string, unknown> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemCodes(operation)) {
    const status = errors.statusOf(new Problem(code, ''));
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('. '),
        content: { [errors.type]: { schema: errors.schema } },
      },
    ]),
  );
}

/** The problems an operation names, and those that its access and its schemas imply. */
function problemCodes(operation: Operation): ProblemCode[] {
  const codes = new Set<ProblemCode>(operation.problems);
  if (operation.access !== 'public') codes.add('unauthorized').add('rate_limited');
  if (operation.access !== 'public' && operation.access !== 'any') codes.add('forbidden');
  if (operation.params ?? operation.query ?? operation.body) codes.add('invalid_request');
  if (operation.body) {
    codes.add('invalid_json').add('unacceptable_json');
    codes.add('body_too_large').add('unsupported_media_type');
  }
  return [...codes];
}
