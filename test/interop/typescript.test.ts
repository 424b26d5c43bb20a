import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../support/process';
import { describeWith } from './support/describe-with';
import { generateWithOpenApiGenerator } from './support/openapi-generator';
import { run } from './support/run';
import { startSubject, type Subject } from './support/subject';
import { openapiGenerator, typescriptClients } from './support/tools';

/** The fast one, which the checkout has anyway. */
const COMPILER = join(ROOT, 'node_modules/typescript-native/bin/tsc');

let subject: Subject;
beforeAll(async () => {
  subject = await startSubject();
});
afterAll(() => subject.stop());

/** Generates a client, compiles the program with it, and runs that. */
async function prove(
  client: string,
  generate: (folder: string, bin: string) => Promise<unknown>,
): Promise<void> {
  const installed = await typescriptClients.install();
  const folder = await subject.folderFor(client);
  const bin = join(installed, 'node_modules', '.bin');
  await symlink(join(installed, 'node_modules'), join(folder, 'node_modules'));
  await generate(folder, bin);
  await run(process.execPath, [COMPILER, '-p', folder]);
  await subject.tryOut(process.execPath, ['main.js'], folder);
}

describe('a client in TypeScript does all that an integrator does', () => {
  test('by openapi-typescript and openapi-fetch', () =>
    prove('openapi-fetch', (cwd, bin) =>
      run(join(bin, 'openapi-typescript'), ['openapi.json', '-o', 'api.d.ts'], { cwd }),
    ));

  test('by Hey API', () =>
    prove('hey-api', (cwd, bin) => run(join(bin, 'openapi-ts'), ['--no-log-file'], { cwd })));

  describeWith(openapiGenerator.needs, 'by OpenAPI Generator', () => {
    test('typescript-fetch', () =>
      prove('openapi-generator-typescript', (cwd) =>
        generateWithOpenApiGenerator(cwd, 'typescript-fetch', 'api', ['importFileExtension=.js']),
      ));
  });
});
