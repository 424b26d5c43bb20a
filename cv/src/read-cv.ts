import { type CvDocument, emptyCv } from './cv-document';
import { inOrder } from './in-order';

/**
 * A CV as it is stored: empty text before the first change, and without the sections that came later
 * where it was written before them. Its lists are in the order in which they are shown.
 */
export function readCv(document: string): CvDocument {
  if (document === '') return emptyCv();
  return inOrder({ ...emptyCv(), ...(JSON.parse(document) as Partial<CvDocument>) });
}
