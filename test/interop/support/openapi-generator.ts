import { run } from './run';
import { openapiGenerator } from './tools';

/**
 * Lets OpenAPI Generator make a client of the `openapi.json` in a folder.
 *
 * @param output where to, below that folder.
 * @param properties settings of that generator: `library=native`.
 */
export async function generateWithOpenApiGenerator(
  cwd: string,
  generator: string,
  output: string,
  properties: readonly string[] = [],
): Promise<void> {
  const jar = await openapiGenerator.install();
  await run(
    'java',
    [
      ...['-jar', jar, 'generate', '-i', 'openapi.json', '-g', generator, '-o', output],
      ...['--global-property', 'apiTests=false,modelTests=false,apiDocs=false,modelDocs=false'],
      ...properties.flatMap((property) => ['-p', property]),
    ],
    { cwd },
  );
}
