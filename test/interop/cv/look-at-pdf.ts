import { join } from 'node:path';
import { run } from '../support/run';

const PROGRAM = join(__dirname, 'programs', 'look-at-pdf.mjs');

/** What a viewer knows of a PDF beside its text. */
export interface Look {
  /** Addresses of the links. */
  links: string[];
  /** Titles of the outline's first level. */
  outline: string[];
  lang?: string;
  /** Whether it says that it is tagged. */
  marked: boolean;
  title: string;
}

/** Looks at the PDF at this path by pdf.js. */
export async function lookAtPdf(path: string): Promise<Look> {
  return JSON.parse(await run(process.execPath, [PROGRAM, path])) as Look;
}
