import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject } from 'zod-openapi';
import type { Access } from '../access/authenticate';
import type { Operation, SuccessAnswer } from '../operation';
import { limitHeaders } from './answer-headers';
import type { About } from './about';
import type { ProblemDescriber } from './describe-problems';

/** An operation as the document has it: parameters, body, answers, and who may call it. */
export function describeOperation(
  operation: Operation,
  { otherTokens }: About,
  problems: ProblemDescriber,
): ZodOpenApiOperationObject {
  const counted = operation.access !== 'public';
  const own = Object.entries(operation.responses).map(
    ([status, answer]): [string, ZodOpenApiResponseObject] => [
      status,
      describeAnswer(status, answer, counted),
    ],
  );
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    description: `${operation.description}\n\n${needs(operation.access, otherTokens)}`,
    security: counted ? [{ token: [] }] : [],
    ...(counted && { 'x-required-scope': operation.access }),
    requestParams: {
      ...(operation.params && { path: operation.params }),
      ...(operation.query && { query: operation.query }),
      ...(operation.headers && { header: operation.headers }),
    },
    ...(operation.body && {
      requestBody: {
        required: operation.bodyOptional !== true,
        content: {
          'application/json': { schema: operation.body, ...shown(operation.bodyExamples) },
        },
      },
    }),
    responses: problems.addTo(Object.fromEntries(own), operation),
  };
}

function needs(access: Access, otherTokens: string): string {
  if (access === 'public') return 'Needs no token.';
  if (access === 'admin') return 'Needs the admin token.';
  const key = access === 'any' ? 'any key' : `a key with the scope \`${access}\``;
  return `Needs ${key}, or ${otherTokens}.`;
}

function describeAnswer(
  status: string,
  answer: SuccessAnswer,
  counted: boolean,
): ZodOpenApiResponseObject {
  const headers = z.object({
    ...(counted && limitHeaders.shape),
    ...answer.headers?.shape,
  });
  return {
    description: answer.description,
    ...(Object.keys(headers.shape).length > 0 && { headers }),
    // 204 has no content, and so no type of it (RFC 9110, 15.3.5).
    ...(status !== '204' && {
      content: {
        [answer.type ?? 'application/json']: {
          schema: answer.schema ?? z.string(),
          ...shown(answer.examples),
        },
      },
    }),
  };
}

function shown(examples: Readonly<Record<string, unknown>> | undefined): {
  examples?: Record<string, { value: unknown }>;
} {
  if (examples === undefined) return {};
  return {
    examples: Object.fromEntries(
      Object.entries(examples).map(([name, value]) => [name, { value }]),
    ),
  };
}
