import type { Logger } from 'pino';

/** Tells a person what goes on; `logged` where the log has it, too. */
export type Report = (line: string, as?: { logged: boolean }) => void;

/** How a process that runs for long says what it does: to a person, or to what reads its log. */
export interface Voice {
  /** A person reads `text`; machines `message`, or else that text, with `facts`. */
  say: (text: string, forMachines?: { message?: string; facts?: object }) => void;
  report: Report;
}

/** @param forMachines whether each line has to be one of the log. */
export function createVoice(log: Logger, forMachines: boolean): Voice {
  if (!forMachines) {
    const print = (line: string): void => void process.stdout.write(`${line}\n`);
    return { say: print, report: print };
  }
  return {
    say: (text, { message = text, facts = {} } = {}) => log.info(facts, message),
    report(line, { logged } = { logged: false }) {
      if (!logged) log.info(line);
    },
  };
}
