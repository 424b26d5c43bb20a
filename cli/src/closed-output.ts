/** 128 and SIGPIPE's number: what a shell says of a program that ended by that signal. */
const ENDED_BY_SIGPIPE = 141;

/**
 * Ends this process without a word once nobody reads what it prints (`careerhooks keys list | head`), as
 * SIGPIPE ends most programs; Node.js ignores that signal, and would show a stack.
 */
export function endOnClosedOutput(): void {
  for (const output of [process.stdout, process.stderr]) {
    output.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(ENDED_BY_SIGPIPE);
    });
  }
}
