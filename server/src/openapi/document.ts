import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import type { Operation } from '../operation';
import { type ProblemCode, PROBLEMS } from '../problems/catalogue';

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

/** The OpenAPI 3.1 document of `operations`. */
export function openApiDocument(
  operations: readonly Operation[],
): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'CareerHooks',
      version: '1',
      description:
        'Publish events, register endpoints, watch deliveries. Every error is RFC 9457 problem+json with a stable `code`; see [the list of errors](/docs/errors).',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  });
}

function describe(operation: Operation): ZodOpenApiOperationObject {
  const successes = Object.entries(operation.responses).map(([status, response]) => [
    status,
    {
      description: response.description,
      content: { [response.type ?? 'application/json']: { schema: response.schema ?? z.string() } },
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
      ...problemResponses(operation),
    } as ZodOpenApiOperationObject['responses'],
  };
}

function problemResponses(operation: Operation): Record<string, unknown> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemCodes(operation)) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('. '),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}

/** The problems an operation names, and those that its access and its schemas imply. */
function problemCodes(operation: Operation): ProblemCode[] {
  const codes = new Set<ProblemCode>(operation.problems);
  if (operation.access !== 'public') codes.add('unauthorized');
  if (operation.access !== 'public' && operation.access !== 'any') codes.add('forbidden');
  if (operation.params ?? operation.query ?? operation.body) codes.add('invalid_request');
  if (operation.body) {
    for (const code of ['invalid_json', 'body_too_large', 'unsupported_media_type'] as const)
      codes.add(code);
  }
  return [...codes];
}
