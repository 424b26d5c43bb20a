import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { PROGRAM } from '../../support/process';

test('a command whose output nobody reads to its end stops without a word', async () => {
  const child = spawn(process.execPath, [PROGRAM, 'fonts', 'list'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  const [errors] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect({ errors, code: child.exitCode }).toEqual({ errors: '', code: 141 });
});
