import { spawn } from 'node:child_process';

/**
 * Sees to it that a process does not outlive this one, however this one ends (kill -9 included).
 *
 * A small shell waits on a pipe that only this process holds. When the pipe closes without a word,
 * this process is gone, and the shell ends the other, gently and then not. A word first, and the
 * shell just leaves. Without a `sh` (Windows) it does nothing, and the pid file is what remains.
 *
 * @returns releases the process: to be called when it has ended
 */
export function endWithParent(pid: number): () => void {
  if (process.platform === 'win32') return () => undefined;
  const script = 'read -r word && exit; kill -TERM "$1" && sleep 5 && kill -KILL "$1"';
  const watcher = spawn('sh', ['-c', script, 'careerhooks-watch', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.on('error', () => undefined);
  watcher.stdin.on('error', () => undefined);
  watcher.unref();
  return () => watcher.stdin.end('released\n');
}
