import { parentPort, workerData } from 'node:worker_threads';
import type { CvDocument } from '../cv-document';
import { type PdfSettings, renderPdf } from './render-pdf';

/** What `renderInThread` gives to its thread. */
export interface ThreadRequest {
  cv: CvDocument;
  settings: PdfSettings;
}

const { cv, settings } = workerData as ThreadRequest;
void renderPdf(cv, settings).then((rendered) => {
  parentPort?.postMessage(rendered);
});
