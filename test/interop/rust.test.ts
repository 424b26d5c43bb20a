import { join } from 'node:path';
import { interopFolder } from './support/cache-folder';
import { describeWith } from './support/describe-with';
import { generateWithOpenApiGenerator } from './support/openapi-generator';
import { run } from './support/run';
import { startSubject } from './support/subject';
import { openapiGenerator } from './support/tools';

const TITLE = 'a client in Rust does all that an integrator does';
const SETTINGS = ['packageName=api', 'useSingleRequestParameter=true', 'reqwestDefaultFeatures='];

/** Compiling it for the first time takes minutes. */
const TIMEOUT_MS = 900_000;

function tests(): void {
  test(
    'by OpenAPI Generator',
    async () => {
      const subject = await startSubject();
      try {
        const cwd = await subject.folderFor('openapi-generator-rust');
        await generateWithOpenApiGenerator(cwd, 'rust', 'api', SETTINGS);
        const target = join(interopFolder(), 'cargo-target');
        await run('cargo', ['build', '--quiet', '--locked'], {
          cwd,
          env: { CARGO_TARGET_DIR: target },
        });
        await subject.tryOut(join(target, 'debug', 'client'), [], cwd);
      } finally {
        await subject.stop();
      }
    },
    TIMEOUT_MS,
  );
}

if (process.env.TEST_INTEROP_RUST === '1') {
  describeWith([...openapiGenerator.needs, 'cargo'], TITLE, tests);
} else {
  describe.skip(`${TITLE} (skipped: it takes minutes; TEST_INTEROP_RUST=1 asks for it)`, tests);
}
