import { spawn } from 'node:child_process';

export interface RunResult {
  /** Undefined where a signal ended the program. */
  exitCode: number | undefined;
  /** Standard output and standard error, as they came, cut to the last 64 KiB. */
  output: string;
}

const OUTPUT_LIMIT = 64 * 1024;

/** Runs a program to its end; rejects where it cannot be started or takes longer than the timeout. */
export function run(
  command: string,
  args: readonly string[],
  { env, timeoutMs }: { env: NodeJS.ProcessEnv; timeoutMs: number },
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    let late = false;
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-OUTPUT_LIMIT);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (late) reject(new Error(`${command} took longer than ${timeoutMs / 1000} s`));
      else resolve({ exitCode: code ?? undefined, output });
    });
  });
}
