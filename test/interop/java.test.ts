import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describeWith } from './support/describe-with';
import { generateWithOpenApiGenerator } from './support/openapi-generator';
import { run } from './support/run';
import { startSubject, type Subject } from './support/subject';
import { javaClients, openapiGenerator } from './support/tools';

let subject: Subject;
beforeAll(async () => {
  subject = await startSubject();
});
afterAll(() => subject.stop());

const SETTINGS = [
  // Without it, the client refuses answers with a field that its document did not have yet.
  'disallowAdditionalPropertiesIfNotPresent=false',
  'openApiNullable=false',
  'invokerPackage=api.client',
  'apiPackage=api.client.api',
  'modelPackage=api.client.model',
];

describeWith(
  [...openapiGenerator.needs, ...javaClients.needs],
  'a client in Java does all that an integrator does',
  () => {
    test('by OpenAPI Generator', async () => {
      const jars = join(await javaClients.install(), '*');
      const cwd = await subject.folderFor('openapi-generator-java');
      await generateWithOpenApiGenerator(cwd, 'java', 'api', SETTINGS);
      const sources = await sourcesIn(join(cwd, 'api', 'src', 'main', 'java'));
      const compile = ['-nowarn', '-proc:none', '-d', 'classes', '-cp', jars];
      await run('javac', [...compile, 'Main.java', ...sources], { cwd });
      await subject.tryOut('java', ['-cp', ['classes', jars].join(delimiter), 'Main'], cwd);
    });
  },
);

async function sourcesIn(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  return files.filter((file) => file.endsWith('.java')).map((file) => join(folder, file));
}
