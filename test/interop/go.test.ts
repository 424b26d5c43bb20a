import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describeWith } from './support/describe-with';
import { run } from './support/run';
import { startSubject, type Subject } from './support/subject';
import { oapiCodegen, ogen, type Tool } from './support/tools';

let subject: Subject;
beforeAll(async () => {
  subject = await startSubject();
});
afterAll(() => subject.stop());

/** Generates a client, builds the program with it, and runs that. */
async function prove(
  client: string,
  tool: Tool<string>,
  options: readonly string[],
): Promise<void> {
  const generator = await tool.install();
  const cwd = await subject.folderFor(client);
  await mkdir(join(cwd, 'api'));
  await run(generator, [...options, 'openapi.json'], { cwd });
  await run('go', ['build', '-o', 'client', '.'], { cwd });
  await run('go', ['vet', '.'], { cwd });
  await subject.tryOut(join(cwd, 'client'), [], cwd);
}

describeWith(['go'], 'a client in Go does all that an integrator does', () => {
  test('by oapi-codegen', () => prove('oapi-codegen', oapiCodegen, ['-config', 'config.yaml']));

  test('by ogen', () =>
    prove('ogen', ogen, ['--config', 'ogen.yml', '--target', 'api', '--package', 'api']));
});
