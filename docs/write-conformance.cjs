/** Writes docs/conformance.md from the titles of the tests: `npm run docs`. */
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { conformancePage } = require('./conformance-page.cjs');

writeFileSync(join(__dirname, 'conformance.md'), conformancePage());
