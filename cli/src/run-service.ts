import { type Logger, pino } from 'pino';
import { exitCodeOf, isForeseen, isSystemError } from './failure';
import { isForMachines, LOG_OPTIONS } from './log-options';

/**
 * Runs what runs for long. In production, unless at a terminal, what Node.js and a failure have to say is
 * a line of JSON, too, on standard error: whatever collects the log can read all of it.
 */
export async function runService(run: () => Promise<void>): Promise<void> {
  // The settings may be what is wrong: they are not read yet, and what NODE_ENV says may be no word for it.
  const mode = process.env.NODE_ENV?.trim() ?? '';
  if (!isForMachines(!['', 'development', 'test'].includes(mode))) return run();
  // Written at once: the process may be about to end.
  const log = pino(LOG_OPTIONS, pino.destination({ dest: 2, sync: true }));
  speakForNode(log);
  try {
    await run();
  } catch (error) {
    logFailure(log, error);
    process.exitCode = exitCodeOf(error);
  }
}

/** In place of Node's own words for its warnings, and for errors that nobody has caught. */
function speakForNode(log: Logger): void {
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.warn({ err: warning }, warning.message));
  process.on('uncaughtException', (error: unknown, origin) => {
    log.fatal({ err: error, origin }, 'ended by an error that was not foreseen');
    process.exit(1);
  });
}

function logFailure(log: Logger, error: unknown): void {
  if (isSystemError(error)) {
    const { code, syscall, path } = error;
    log.fatal({ code, syscall, path }, error.message);
  } else if (isForeseen(error)) log.fatal(error.message);
  else log.fatal({ err: error }, 'ended by an error that was not foreseen');
}
