import { type CvDocument, emptyCv } from './cv-document';
import { inOrder } from './in-order';
import { PRESENT } from './sections/fields';
import type { Repository } from './sections/github';
import type { PersonalInfo } from './sections/personal-info';
import { withCountryCode } from './sections/place';

/**
 * A CV as it is stored: empty text before the first change. One that an earlier version has written gets the
 * sections that came later, a country's code for its name, and loses what was no repository. Its lists are in
 * the order in which they are shown.
 */
export function readCv(document: string): CvDocument {
  if (document === '') return emptyCv();
  const { github, ...stored } = {
    ...emptyCv(),
    ...(JSON.parse(document) as Partial<CvDocument>),
  };
  return inOrder({
    ...stored,
    personalInfo: withCode(stored.personalInfo),
    workExperience: stored.workExperience.map(withEnd),
    projects: stored.projects.map(withEnd),
    github: github && { ...github, repositories: github.repositories.filter(isWhole) },
  });
}

function withCode(person: PersonalInfo): PersonalInfo {
  const { address } = person;
  return address?.countryCode === undefined
    ? person
    : { ...person, address: withCountryCode(address) };
}

/** `present` was kept in the spelling in which it came. */
function withEnd<Item extends { endDate?: string | undefined }>(item: Item): Item {
  return item.endDate?.toLowerCase() === 'present' ? { ...item, endDate: PRESENT } : item;
}

/** Answers that were none of GitHub's API were kept as repositories without a name. */
function isWhole({ name, url, stars }: Partial<Repository>): boolean {
  return typeof name === 'string' && typeof url === 'string' && typeof stars === 'number';
}
