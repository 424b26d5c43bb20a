import type { Section } from '../cv-document';
import { CvError } from '../errors';

/** The error for an action that the section does not have. */
export function unsupported(action: string, section: Section): CvError {
  const hint =
    section === 'github'
      ? ' GitHub repositories come with "sync".'
      : section === 'personalInfo' && action === 'delete'
        ? ' Clear its fields with "update" and null.'
        : '';
  return new CvError('UNSUPPORTED_OPERATION', `${section} does not take "${action}".${hint}`);
}
