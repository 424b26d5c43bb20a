const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { linksToPages } = require('./systems-tables.cjs');

const TESTS = 'test/integration/products';

/** One `documents('product', 'feature', 'proof')`, in a line or in several. */
const TITLE = /documents\(\s*(['"])(.*?)\1,\s*(['"])(.*?)\3,\s*(['"])(.*?)\5,?\s*\)/gs;

/** docs/conformance.md: what the products' documents say, and the test that proves it. */
function conformancePage() {
  const folder = join(__dirname, '..', TESTS);
  const rows = readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(TITLE)].map(
        ([, , product, , feature, , proof]) => ({ product, feature, proof, name }),
      ),
    );
  const sections = [...new Set(rows.map(({ product }) => product))].map((product) => {
    const own = rows.filter((row) => row.product === product);
    const lines = own.map(({ feature, proof, name }) => {
      const file = `[\`${name}\`](../${TESTS}/${name})`;
      return `| ${feature} | ${proof.replaceAll(/%[sji]/g, '…')} | ${file} |`;
    });
    return `## ${product}\n\n| its document | what is tested | test |\n| --- | --- | --- |\n${lines.join('\n')}\n`;
  });
  return `# Conformance

Made by \`npm run docs\` from the titles of the tests: each proves what a product's document says, with the requests as
the document prints them. Where we differ, and why: ${linksToPages().join(', ')}.

${sections.join('\n')}`;
}

module.exports = { conformancePage };
