import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { Operation } from '../operation';
import { type About, NATIVE, type OpenApiVersion } from './about';
import { describeOperation } from './describe-operation';
import { createProblemDescriber } from './describe-problems';
import { schemaRules } from './schema-rules';

/** Where CareerHooks listens unless told otherwise. */
export const DEFAULT_ORIGIN = 'http://127.0.0.1:3400';

/** Where an API is whose server is reached at `origin`. */
export function serversAt(origin: string, { root }: About): { url: string; description: string }[] {
  return [{ url: origin + root, description: 'This instance of CareerHooks' }];
}

/** An OpenAPI document. */
export type OpenApiDocument = ReturnType<typeof createDocument>;

/**
 * The OpenAPI document of `operations`: 3.1, or the same in 3.0 for tools that read nothing newer.
 * Its server is where CareerHooks is by default.
 */
export function openApiDocument(
  operations: readonly Operation[],
  about: About = NATIVE,
  openapi: OpenApiVersion = '3.1.0',
): OpenApiDocument {
  const problems = createProblemDescriber(about, openapi);
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: describeOperation(operation, about, problems),
    };
  }
  return createDocument(
    {
      openapi,
      info: {
        title: about.title,
        version: '1',
        description: about.description,
        contact: {
          name: 'The CareerHooks authors',
          url: 'https://github.com/careerhooks/n8n-nodes-careerhooks',
          email: 'authors@careerhooks.example.com',
        },
        // 3.0 knows no SPDX identifiers.
        license:
          openapi === '3.1.0'
            ? { name: 'MIT', identifier: 'MIT' }
            : { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' },
      },
      servers: serversAt(DEFAULT_ORIGIN, about),
      tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({
        name,
        description: about.tags[name] ?? name,
      })),
      paths,
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            description: `A key (\`chk_…\`), or ${about.otherTokens}`,
          },
        },
      },
    },
    { override: schemaRules(openapi) },
  );
}
