import type { CvDocument } from '../cv-document';

/** What a change makes of the CV. */
export interface AppliedChange {
  cv: CvDocument;
  /** The items (or networks, or repositories) that changed; none for personalInfo. */
  ids: string[];
}
