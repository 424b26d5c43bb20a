import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A shell script in place of a real program. */
export async function writeStub(path: string, script: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

/** A stub that says it is the Temporal CLI at this version. */
export function writeCliStub(path: string, version: string): Promise<string> {
  return writeStub(path, `echo "temporal version ${version} (Server 1.32.0, UI 2.54.1)"`);
}
