import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describeWith } from './support/describe-with';
import { run } from './support/run';
import { startSubject, type Subject } from './support/subject';
import { goClients } from './support/tools';

let subject: Subject;
beforeAll(async () => {
  subject = await startSubject();
});
afterAll(() => subject.stop());

/** Generates a client with a tool of the program's module, builds the program with it, and runs that. */
async function prove(client: string, tool: readonly string[]): Promise<void> {
  await goClients.install();
  const cwd = await subject.folderFor(client);
  await mkdir(join(cwd, 'api'));
  await run('go', ['tool', ...tool, 'openapi.json'], { cwd });
  await run('go', ['build', '-o', 'client', '.'], { cwd });
  await run('go', ['vet', '.'], { cwd });
  await subject.tryOut(join(cwd, 'client'), [], cwd);
}

describeWith(goClients.needs, 'a client in Go does all that an integrator does', () => {
  test('by oapi-codegen', () => prove('oapi-codegen', ['oapi-codegen', '-config', 'config.yaml']));

  test('by ogen', () =>
    prove('ogen', ['ogen', '--config', 'ogen.yml', '--target', 'api', '--package', 'api']));
});
