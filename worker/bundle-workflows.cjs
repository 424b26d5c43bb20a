/**
 * Bundles the compiled workflows into dist/workflow-bundle.js, so that starting a
 * worker need not run webpack. Skips the work where the bundle is newer.
 */
const { readdirSync, statSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { bundleWorkflowCode } = require('@temporalio/worker');

const workflows = join(dirname(require.resolve('@careerhooks/workflows')), 'workflows.js');
const target = join(__dirname, 'dist', 'workflow-bundle.js');

function changedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

async function main() {
  const folder = dirname(workflows);
  const newest = Math.max(
    changedAt(require.resolve('@temporalio/workflow')),
    ...readdirSync(folder).map((name) => changedAt(join(folder, name))),
  );
  if (changedAt(target) > newest) return;
  const quiet = {
    log() {},
    trace() {},
    debug() {},
    info() {},
    warn: console.warn,
    error: console.error,
  };
  const { code } = await bundleWorkflowCode({ workflowsPath: workflows, logger: quiet });
  writeFileSync(target, code);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
