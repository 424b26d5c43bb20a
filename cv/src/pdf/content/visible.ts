import type { CvDocument } from '../../cv-document';
import { normalise, plainBlanks } from '../text/normalise';

/**
 * The CV with its texts as they are drawn, in metadata and outline, too: composed, without halves of
 * characters and controls. A text of which nothing would be seen is empty, and no point of a list.
 */
export function visible(cv: CvDocument): CvDocument {
  const { image, ...person } = cv.personalInfo;
  const shown = visibleIn({ ...cv, personalInfo: person }) as CvDocument;
  return { ...shown, personalInfo: { ...shown.personalInfo, image } };
}

function visibleIn(value: unknown): unknown {
  if (typeof value === 'string') return visibleText(value);
  if (Array.isArray(value)) return value.map(visibleIn).filter((item) => item !== '');
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, visibleIn(part)]));
}

function visibleText(text: string): string {
  const normal = normalise(text);
  return plainBlanks(normal).trim() === '' ? '' : normal;
}
