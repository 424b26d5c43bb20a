import childProcess from 'node:child_process';

const { execPath } = process;

test.each<[string, () => unknown]>([
  ['execFile', () => childProcess.execFile(execPath, ['--version'])],
  ['exec', () => childProcess.exec('true')],
  ['spawn', () => childProcess.spawn(execPath, ['--version'])],
  ['fork', () => childProcess.fork(__filename)],
  ['execFileSync', () => childProcess.execFileSync(execPath, ['--version'])],
  ['execSync', () => childProcess.execSync('true')],
  ['spawnSync', () => childProcess.spawnSync(execPath, ['--version'])],
])('a unit test starts no process by %s', (_, start) => {
  expect(start).toThrow('A unit test starts no process');
});
