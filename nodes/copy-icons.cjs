/** The compiler carries no images over to `dist/`: n8n finds icons beside the compiled nodes. */
const fs = require('node:fs');
const path = require('node:path');

const target = path.join(__dirname, '..', 'dist', 'nodes');
for (const file of fs.readdirSync(__dirname)) {
  if (file.endsWith('.svg')) fs.copyFileSync(path.join(__dirname, file), path.join(target, file));
}
