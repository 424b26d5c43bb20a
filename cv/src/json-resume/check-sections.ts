import { z } from 'zod';
import { check } from '../changes/check';
import { MAX_ITEMS } from '../changes/write-items';
import { type CvDocument, LISTS, type Section } from '../cv-document';
import { personalInfo } from '../sections/personal-info';
import { socialMedia } from '../sections/social-media';
import { githubSection } from './read-github';

const LIST_SCHEMAS = Object.entries(LISTS).map(
  ([section, item]) => [section, z.array<z.ZodType>(item).max(MAX_ITEMS)] as const,
);

const SCHEMAS = Object.entries<z.ZodType>({
  personalInfo,
  socialMedia,
  github: githubSection.nullable(),
  ...Object.fromEntries(LIST_SCHEMAS),
}) as [Section, z.ZodType][];

/**
 * Holds each section that is not as in `present` against the schema that changes of it have to pass: what
 * did not would stand in the way of the next one.
 *
 * @throws {CvError} `VALIDATION_FAILED`, with the paths in the CV.
 */
export function checkSections(cv: CvDocument, present: CvDocument): void {
  for (const [section, schema] of SCHEMAS) {
    if (cv[section] !== present[section]) check(schema, cv[section], section);
  }
}
