import { spawn } from 'node:child_process';

/** How a program is run. */
export interface RunOptions {
  cwd?: string;
  /** Settings over those of this process. */
  env?: Record<string, string>;
}

/**
 * Runs a program to its end; resolves with what it wrote to standard output, and rejects with all
 * that it wrote where it fails or cannot be started.
 */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let everything = '';
  // Else a character whose bytes come in two pieces would be two that are none.
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    everything += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (everything += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return output;
  const line = [command, ...args].join(' ').slice(0, 300);
  throw new Error(`\`${line}\` failed (${code}):\n${everything.slice(-8000)}`);
}
