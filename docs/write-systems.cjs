/** Writes the tables of systems in README.md and docs/receiving.md from the registry: `npm run docs`. */
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { PAGES, withSystems } = require('./systems-tables.cjs');

for (const page of PAGES) {
  const file = join(__dirname, '..', page);
  writeFileSync(file, withSystems(page, readFileSync(file, 'utf8')));
}
