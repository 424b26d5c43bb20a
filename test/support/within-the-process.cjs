/* global afterAll */
/** For unit tests, which touch nothing outside the process: whoever starts another one fails. */
const childProcess = require('node:child_process');

const SYNC = ['execFileSync', 'execSync', 'spawnSync'];
const { spawn } = childProcess.ChildProcess.prototype;
const sync = SYNC.map((name) => [name, childProcess[name]]);

function refuse() {
  throw new Error('A unit test starts no process: it is an integration test.');
}

childProcess.ChildProcess.prototype.spawn = refuse;
for (const name of SYNC) childProcess[name] = refuse;

// Node's own modules are shared with the test files that come after.
afterAll(() => {
  childProcess.ChildProcess.prototype.spawn = spawn;
  Object.assign(childProcess, Object.fromEntries(sync));
});
