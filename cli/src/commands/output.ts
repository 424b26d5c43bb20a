export const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Beside what a command gives. */
export const tell = (line: string): void => void process.stderr.write(`${line}\n`);
