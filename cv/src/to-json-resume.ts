import type { CvDocument } from './cv-document';
import { networkName, profileUrl } from './networks';
import { PRESENT } from './sections/fields';
import type { Repository } from './sections/github';
import type { Address, PersonalInfo } from './sections/personal-info';
import { partsOf } from './sections/place';
import type { Project } from './sections/projects';
import { levelOf, type SkillCategory, skillInWords } from './sections/skills';
import type { Position } from './sections/work-experience';

type Fields = Record<string, unknown>;

/**
 * The CV as JSON Resume (https://jsonresume.org/schema, version 1.0.0), in a form that the themes on npm
 * render: with `company` beside `name` and `website` beside `url`, which older ones read. What the
 * schema has no field for stands in fields of its own, which it allows, so that reading the document
 * (`fromJsonResume`) gives the same CV.
 */
export function toJsonResume(cv: CvDocument): Fields {
  return given({
    $schema: 'https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json',
    basics: basicsOf(cv),
    work: cv.workExperience.map(workOf),
    volunteer: cv.volunteer.map((item) => given({ ...item, ...address(item.url), ...until(item) })),
    education: cv.education.map((item) => given({ ...item, ...address(item.url), ...until(item) })),
    awards: cv.awards.map(given),
    certificates: cv.certificates.map(given),
    publications: cv.publications.map((item) => given({ ...item, ...address(item.url) })),
    skills: cv.skills.map(skillOf),
    languages: cv.languages.map(given),
    interests: cv.interests.map(given),
    references: cv.references.map(given),
    projects: [...cv.projects.map(projectOf), ...repositories(cv).map(repositoryOf)],
    meta: cv.meta,
  });
}

function basicsOf(cv: CvDocument): Fields {
  const { personalInfo: person } = cv;
  return given({
    name: person.name,
    label: person.title,
    image: person.image,
    // The name of `image` in the older schema.
    picture: person.image,
    email: person.email === '' ? undefined : person.email,
    phone: person.phone,
    ...address(person.website),
    summary: person.summary,
    location: placeOf(person),
    profiles: profilesOf(cv),
  });
}

/** Always there and with a city, without which some themes render nothing at all. */
function placeOf({ location, address: parts }: PersonalInfo): Address {
  return { city: '', ...given(parts ?? (location === undefined ? {} : partsOf(location))) };
}

function workOf(item: Position): Fields {
  const { responsibilities = [], achievements = [], technologies, ...rest } = item;
  return given({
    ...rest,
    name: item.company,
    ...address(item.url),
    ...until(item),
    highlights: [...responsibilities, ...achievements],
    // Which of the highlights they are.
    responsibilities: responsibilities.length === 0 ? undefined : responsibilities,
    keywords: technologies,
  });
}

function skillOf(item: SkillCategory): Fields {
  const { id, category, skills = [] } = item;
  const detailed = skills.some(({ level, years }) => level !== undefined || years !== undefined);
  return given({
    id,
    name: category,
    level: levelOf(item) ?? '',
    keywords: skills.map(skillInWords),
    // What the keywords say in words.
    skills: detailed ? skills.map(given) : undefined,
  });
}

function projectOf(item: Project): Fields {
  const { achievements, technologies, ...rest } = item;
  return given({
    ...rest,
    ...address(item.url),
    ...until(item),
    highlights: achievements ?? [],
    keywords: technologies ?? [],
  });
}

function repositories({ github }: CvDocument): readonly Repository[] {
  return github?.repositories ?? [];
}

function repositoryOf(repository: Repository): Fields {
  return given({
    name: repository.name,
    description: repository.description ?? undefined,
    highlights: [],
    keywords: [...repository.languages, ...repository.topics],
    ...address(repository.url),
    type: 'repository',
    repository,
  });
}

/** Of each network once; GitHub's is the person's own account, where one is named. */
function profilesOf({ github, socialMedia }: CvDocument): Fields[] {
  const accounts = Object.entries(socialMedia).map(([key, account]) => {
    const { network, handle, url, ...counts } = account;
    const username = handle?.replace(/^@/, '');
    return given({
      network: network ?? networkName(key),
      username,
      url: url ?? (handle === undefined ? undefined : profileUrl(key, handle)),
      ...(username !== handle && { handle }),
      ...counts,
    });
  });
  if (github === null || accounts.some(({ network }) => network === 'GitHub')) return accounts;
  const { username } = github;
  return [{ network: 'GitHub', username, url: profileUrl('github', username) }, ...accounts];
}

/** Older themes read `website`. */
function address(url: string | undefined): Fields {
  return { url, website: url };
}

/** JSON Resume says "until today" by having no end date. */
function until({ endDate }: { endDate?: string | undefined }): Fields {
  return endDate === PRESENT ? { endDate: undefined, current: true } : { endDate };
}

function given(fields: object): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
