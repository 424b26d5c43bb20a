import { readFileSync } from 'node:fs';

/**
 * `ada (uid 1000)`, or `uid 1000` where the machine has no name for it, as in a container that runs as any
 * user.
 */
export function userName(uid: number, passwd = '/etc/passwd'): string {
  const name = readUsers(passwd).get(String(uid));
  return name === undefined ? `uid ${uid}` : `${name} (uid ${uid})`;
}

function readUsers(passwd: string): Map<string, string> {
  try {
    const lines = readFileSync(passwd, 'utf8').split('\n');
    // The first of several counts.
    return new Map(
      lines.reverse().map((line) => [line.split(':')[2] ?? '', line.split(':')[0] ?? '']),
    );
  } catch {
    return new Map();
  }
}
