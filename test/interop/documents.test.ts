import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PRODUCTS } from '../../server/src/products';
import { describeWith } from './support/describe-with';
import { generateWithOpenApiGenerator } from './support/openapi-generator';
import { run } from './support/run';
import { startSubject, type Subject } from './support/subject';
import {
  oapiCodegen,
  ogen,
  openapiGenerator,
  pythonClients,
  typescriptClients,
} from './support/tools';

/** All documents but the one that the other tests make whole clients of. */
const DOCUMENTS = [
  '/openapi-3.0.json',
  ...PRODUCTS.flatMap(({ system }) => [`/${system}/openapi.json`, `/${system}/openapi-3.0.json`]),
];

let subject: Subject;
beforeAll(async () => {
  subject = await startSubject();
});
afterAll(() => subject.stop());

/** Fetches a document into a folder that has a generator's settings. */
async function fetched(path: string, settings: string): Promise<string> {
  const folder = await subject.folderFor(settings, path.replaceAll('/', '-'));
  const { body } = await subject.careerHooks.call('GET', path);
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(body));
  await mkdir(join(folder, 'api'), { recursive: true });
  return folder;
}

test.each(DOCUMENTS)('openapi-typescript takes %s', async (path) => {
  const bin = join(await typescriptClients.install(), 'node_modules', '.bin');
  const cwd = await fetched(path, 'openapi-fetch');
  await run(join(bin, 'openapi-typescript'), ['openapi.json', '-o', 'api.d.ts'], { cwd });
});

describeWith(pythonClients.needs, 'Python', () => {
  test.each(DOCUMENTS)('datamodel-code-generator takes %s, and the models load', async (path) => {
    const python = await pythonClients.install();
    const cwd = await fetched(path, 'datamodel-code-generator');
    await run(python, ['-m', 'datamodel_code_generator'], { cwd });
    await run(python, ['-c', 'import models'], { cwd });
  });
});

describeWith([...pythonClients.needs, ...openapiGenerator.needs], 'OpenAPI Generator', () => {
  const documents = DOCUMENTS.filter((path) => !path.includes('3.0'));
  test.each(documents)('takes %s for Python, and mypy the client', async (path) => {
    const python = await pythonClients.install();
    const cwd = await fetched(path, 'openapi-generator-python');
    await generateWithOpenApiGenerator(cwd, 'python', '.', ['packageName=api']);
    await run(python, ['-m', 'mypy', 'api'], { cwd });
  });
});

describeWith(['go'], 'Go', () => {
  test.each(DOCUMENTS)('oapi-codegen takes %s', async (path) => {
    const cwd = await fetched(path, 'oapi-codegen');
    await run(await oapiCodegen.install(), ['-config', 'config.yaml', 'openapi.json'], { cwd });
  });

  test.each(DOCUMENTS)('ogen takes %s', async (path) => {
    const cwd = await fetched(path, 'ogen');
    const options = ['--config', 'ogen.yml', '--target', 'api', '--package', 'api'];
    await run(await ogen.install(), [...options, 'openapi.json'], { cwd });
  });
});
