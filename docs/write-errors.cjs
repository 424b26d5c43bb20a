/** Writes docs/errors.md from the catalogues of errors in the code: `npm run docs`. */
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { errorsPage } = require('@careerhooks/server');

writeFileSync(join(__dirname, 'errors.md'), errorsPage());
