import { refuseTooLarge } from '../changes/apply-change';
import type { CvDocument, Section } from '../cv-document';
import { compareCvs, type SectionChange } from './compare-cvs';
import { fromJsonResume } from './from-json-resume';
import type { NotUnderstood } from './report';

export interface ImportedResume {
  cv: CvDocument;
  /** Empty where the CV says all of it already, and then it is the same. */
  changes: SectionChange[];
  ignored: readonly NotUnderstood[];
  kept: Section[];
}

/**
 * What a JSON Resume makes of the CV: the sections that it has take the place of the CV's.
 *
 * @throws {CvError} as `fromJsonResume`, and `CV_TOO_LARGE`.
 */
export function importResume(present: CvDocument, file: unknown): ImportedResume {
  const { cv, ...told } = fromJsonResume(file, present);
  const changes = compareCvs(present, cv);
  if (changes.length === 0) return { cv: present, changes, ...told };
  refuseTooLarge(cv);
  return { cv, changes, ...told };
}
