import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NATIVE } from '../../server/src/openapi/about';
import { openApiDocument } from '../../server/src/openapi/document';
import { OPERATIONS } from '../../server/src/operations';
import { PRODUCTS } from '../../server/src/products';
import { aboutProduct } from '../../server/src/products/about-product';
import { LINTERS } from './support/folders';
import { run } from './support/run';
import { openapiLinters } from './support/tools';

/** Redocly asks for nothing and tells nobody. */
const QUIET = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

let installed: string;
let folder: string;
beforeAll(async () => {
  installed = await openapiLinters.install();
  folder = await mkdtemp(join(tmpdir(), 'careerhooks-openapi-'));
  for (const version of ['3.1.0', '3.0.3'] as const) {
    const native = openApiDocument(OPERATIONS, NATIVE, version);
    await writeFile(join(folder, `native-${version}.json`), JSON.stringify(native));
    for (const product of PRODUCTS) {
      const document = openApiDocument(product.operations, aboutProduct(product), version);
      await writeFile(join(folder, `${product.system}-${version}.json`), JSON.stringify(document));
    }
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const NAMES = ['native', ...PRODUCTS.map(({ system }) => system)];
const DOCUMENTS = NAMES.flatMap((name) => [`${name}-3.1.0.json`, `${name}-3.0.3.json`]);

test('Redocly finds nothing in any document', async () => {
  const config = ['--config', join(LINTERS, 'redocly.yaml')];
  const redocly = join(installed, 'node_modules', '.bin', 'redocly');
  await run(redocly, ['lint', ...config, ...DOCUMENTS], { cwd: folder, env: QUIET });
});

test('Spectral finds nothing in any document, hints included', async () => {
  const rules = ['--ruleset', join(LINTERS, 'spectral.yaml'), '--fail-severity', 'hint'];
  const spectral = join(installed, 'node_modules', '.bin', 'spectral');
  await run(spectral, ['lint', ...rules, ...DOCUMENTS], { cwd: folder });
});
