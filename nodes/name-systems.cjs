/** n8n's search finds the nodes by the systems' names, too: the compiled codex files get them from the registry. */
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { systems } = require('@careerhooks/systems');

const CODICES = [
  'CareerHooks/CareerHooks.node.json',
  'CareerHooksTrigger/CareerHooksTrigger.node.json',
];

/** A node's codex, as its text, with every system's name as an alias. */
function nameSystems(text) {
  const codex = JSON.parse(text);
  const names = [...systems.values()].map(({ name }) => name);
  return `${JSON.stringify({ ...codex, alias: [...codex.alias, ...names] }, null, 2)}\n`;
}

if (require.main === module) {
  for (const file of CODICES) {
    const text = readFileSync(join(__dirname, file), 'utf8');
    writeFileSync(join(__dirname, '..', 'dist', 'nodes', file), nameSystems(text));
  }
}

module.exports = { nameSystems };
