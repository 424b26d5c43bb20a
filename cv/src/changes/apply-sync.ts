import type { AppliedChange } from './applied-change';
import { refuseTooLarge } from './apply-change';
import type { CvDocument } from '../cv-document';
import type { GitHubSection } from '../sections/github';

/** The CV with what a sync brought: it replaces the section, since the request names all of it. Throws CvError `CV_TOO_LARGE`. */
export function applySync(cv: CvDocument, github: GitHubSection): AppliedChange {
  const synced = { ...cv, github };
  refuseTooLarge(synced);
  return { cv: synced, ids: github.repositories.map(({ name }) => name) };
}
