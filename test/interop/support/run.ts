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
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString();
    everything += text.toString();
  });
  child.stderr.on('data', (text: Buffer) => (everything += text.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return output;
  const line = [command, ...args].join(' ').slice(0, 300);
  throw new Error(`\`${line}\` failed (${code}):\n${everything.slice(-8000)}`);
}
