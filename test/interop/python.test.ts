import { describeWith } from './support/describe-with';
import { generateWithOpenApiGenerator } from './support/openapi-generator';
import { run } from './support/run';
import { startSubject, type Subject } from './support/subject';
import { openapiGenerator, pythonClients } from './support/tools';

let subject: Subject;
beforeAll(async () => {
  subject = await startSubject();
});
afterAll(() => subject.stop());

/** Generates a client, checks the program's types with it, and runs that. */
async function prove(
  client: string,
  generate: (folder: string, python: string) => Promise<unknown>,
): Promise<void> {
  const python = await pythonClients.install();
  const folder = await subject.folderFor(client);
  await generate(folder, python);
  await run(python, ['-m', 'mypy', 'main.py'], { cwd: folder });
  await subject.tryOut(python, ['main.py'], folder);
}

describeWith(pythonClients.needs, 'a client in Python does all that an integrator does', () => {
  test('by openapi-python-client', () =>
    prove('openapi-python-client', (cwd, python) => {
      const options = ['--path', 'openapi.json', '--meta', 'none', '--output-path', 'api'];
      return run(python, ['-m', 'openapi_python_client', 'generate', ...options], { cwd });
    }));

  test('with the models of datamodel-code-generator', () =>
    prove('datamodel-code-generator', (cwd, python) =>
      run(python, ['-m', 'datamodel_code_generator'], { cwd }),
    ));

  describeWith(openapiGenerator.needs, 'by OpenAPI Generator', () => {
    test('python', () =>
      prove('openapi-generator-python', (cwd) =>
        generateWithOpenApiGenerator(cwd, 'python', '.', ['packageName=api']),
      ));
  });
});
