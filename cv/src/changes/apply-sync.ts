import type { AppliedChange } from './apply-change';
import type { CvDocument } from '../cv-document';
import type { GitHubSection } from '../sections/github';

/** The CV with what a sync brought: it replaces the section, since the request names all of it. */
export function applySync(cv: CvDocument, github: GitHubSection): AppliedChange {
  return { cv: { ...cv, github }, ids: github.repositories.map(({ name }) => name) };
}
