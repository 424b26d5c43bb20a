import { join } from 'node:path';
import { run } from '../support/run';
import { veraPdf } from '../support/tools';

const PROGRAM = join(__dirname, 'programs', 'ValidatePdf.java');

/** What veraPDF says of a PDF. */
export interface Judgement {
  /** How many checks it made. */
  checks: number;
  /** A line for each rule that failed: `7.1 test 3, 15 times: Content shall be …`. */
  failed: string[];
}

/** Holds the PDF at this path against PDF/UA-1 (ISO 14289-1). */
export async function judgeByVeraPdf(path: string): Promise<Judgement> {
  const jars = join(await veraPdf.install(), '*');
  const output = await run('java', ['-cp', jars, PROGRAM, 'ua1', path]);
  const [checks, ...failed] = output.trim().split('\n');
  return { checks: Number(checks), failed };
}
