import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CvDocument } from '../cv-document';
import { type PdfSettings, type RenderedPdf, renderPdf } from './render-pdf';
import type { ThreadRequest } from './thread';

/** Compiled, whether the sources run or what was made of them. */
const PROGRAM = join(__dirname, '../../dist/pdf/thread.js');

/** What one PDF may take. */
export interface PdfLimits {
  milliseconds: number;
  /** Of JavaScript's heap. */
  heapMegabytes: number;
  /** Characters of JSON: shorter CVs are drawn at once, in less time than a thread takes to start. */
  atOnce: number;
}

const LIMITS: PdfLimits = { milliseconds: 50_000, heapMegabytes: 512, atOnce: 32 * 1024 };

/**
 * As `renderPdf`, for a long CV in a thread of its own: it takes seconds, in which this process answers requests.
 * Throws an Error that says what to do where it takes more than `limits`.
 */
export async function renderInThread(
  cv: CvDocument,
  settings: PdfSettings = {},
  limits: Partial<PdfLimits> = {},
): Promise<RenderedPdf> {
  const { milliseconds, heapMegabytes, atOnce } = { ...LIMITS, ...limits };
  if (JSON.stringify(cv).length < atOnce) return renderPdf(cv, settings);
  const request: ThreadRequest = { cv, settings };
  const thread = new Worker(PROGRAM, {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const { content, notes } = await new Promise<RenderedPdf>((resolve, reject) => {
      thread.once('message', resolve);
      thread.once('error', (error: NodeJS.ErrnoException) => {
        const full = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        reject(full ? tooMuch(`${heapMegabytes} MB of memory`) : error);
      });
      thread.once('exit', (code) => {
        reject(new Error(`The thread that draws the PDF ended with ${code}.`));
      });
      timer = setTimeout(() => reject(tooMuch(`${milliseconds / 1_000} s`)), milliseconds);
    });
    // A thread passes bytes on without what Buffer adds to them.
    return { content: Buffer.from(content), notes };
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
}

function tooMuch(what: string): Error {
  return new Error(`The PDF takes more than ${what} to draw: shorten the longest texts of the CV.`);
}
