import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

const ROOT = join(__dirname, '../../../..');
const PROGRAM = readFileSync(join(ROOT, 'cli/bin/careerhooks.js'), 'utf8');

/** Runs the program as a Node.js of this version would, up to where it loads something. */
function runOn(node: string): { loaded: string[]; said: string; exitCode: number } {
  const loaded: string[] = [];
  const process = {
    version: `v${node}`,
    versions: { node },
    stderr: { write: (text: string) => (process.said += text) },
    said: '',
    exitCode: 0,
  };
  runInNewContext(PROGRAM, { process, require: (name: string) => loaded.push(name) });
  return { loaded, said: process.said, exitCode: process.exitCode };
}

it.each(['20.19.0', '20.20.1', '22.13.0', '22.22.0', '24.0.0', '25.1.0', '30.0.0'])(
  'starts on Node.js %s',
  (node) => {
    expect(runOn(node)).toEqual({ loaded: ['../dist/main.js'], said: '', exitCode: 0 });
  },
);

it.each(['4.9.1', '12.22.12', '18.20.8', '20.18.3', '21.7.3', '22.12.0', '23.11.1'])(
  'says on Node.js %s which one it needs, and loads nothing',
  (node) => {
    const { loaded, said, exitCode } = runOn(node);
    expect(loaded).toEqual([]);
    expect(said).toMatch(/^CareerHooks needs Node\.js 20\.19 .*22\.13 .*24.*\.\n$/);
    expect(said).toContain(`v${node}`);
    expect(exitCode).toBe(78);
  },
);

it('takes those versions that the package says it is for', () => {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  expect(engines.node).toBe('^20.19.0 || ^22.13.0 || >=24');
});

it('is written in words that any Node.js can read', () => {
  expect(PROGRAM).not.toMatch(/=>|`|\?\.|\?\?|^\s*(const|let|import|class|async) /m);
});
