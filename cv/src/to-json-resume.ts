import { isDeepStrictEqual } from 'node:util';
import type { CvDocument } from './cv-document';
import { isSameName, networkKey, networkName, profileUrl } from './networks';
import { omit } from './omit';
import { type Profile, profilesOf } from './profiles';
import type { Education } from './sections/education';
import { asciiEmailAddress } from './sections/email-address';
import { PRESENT } from './sections/fields';
import type { Repository } from './sections/github';
import type { PersonalInfo } from './sections/personal-info';
import { lineOf, partsOf } from './sections/place';
import type { Project } from './sections/projects';
import { levelOf, type SkillCategory, skillInWords } from './sections/skills';
import type { Volunteer } from './sections/volunteer';
import type { Position } from './sections/work-experience';

type Fields = Record<string, unknown>;

/**
 * The CV as JSON Resume (https://jsonresume.org/schema, version 1.0.0), in a form that the themes on npm
 * render: with `company` beside `name`, `website` beside `url` and `gpa` beside `score`, which older ones
 * read, and with empty texts and lists where some end in an error for want of them. What the schema has
 * no field for stands in fields of its own, which it allows, so that reading the document
 * (`fromJsonResume`), which takes what is empty for not given, gives the same CV.
 */
export function toJsonResume(cv: CvDocument): Fields {
  return given({
    $schema: 'https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json',
    basics: basicsOf(cv),
    work: cv.workExperience.map(workOf),
    volunteer: cv.volunteer.map(volunteerOf),
    education: cv.education.map(educationOf),
    awards: cv.awards.map(given),
    certificates: cv.certificates.map(given),
    publications: cv.publications.map((item) => given({ ...item, ...address(item.url) })),
    skills: cv.skills.map(skillOf),
    languages: cv.languages.map((item) => ({ fluency: '', ...given(item) })),
    interests: cv.interests.map(given),
    references: cv.references.map(given),
    projects: [...cv.projects.map(projectOf), ...repositories(cv).map(repositoryOf)],
    meta: metaOf(cv),
  });
}

/** With what of the CV stands nowhere else in the document. */
function metaOf({ meta, arranged, github }: CvDocument): Fields | undefined {
  const ours = {
    ...(arranged !== undefined && { arranged }),
    ...(github !== null && { github: omit(github, 'repositories') }),
  };
  if (Object.keys(ours).length === 0) return meta;
  return { ...meta, careerhooks: ours };
}

function basicsOf(cv: CvDocument): Fields {
  const { personalInfo: person } = cv;
  return given({
    name: person.name ?? '',
    label: person.title ?? '',
    image: person.image,
    // The name of `image` in the older schema.
    picture: person.image,
    email: person.email && asciiEmailAddress(person.email),
    phone: person.phone,
    ...address(person.website),
    summary: person.summary,
    location: placeOf(person),
    profiles: profilesOf(cv).map((profile) => profileOf(profile, cv)),
  });
}

/**
 * Always there and with a city, without which some themes render nothing at all. Where the line is not
 * what the parts make, it stands beside them; where they are what it makes, `own` says that they are kept.
 */
function placeOf({ location, address: parts }: PersonalInfo): Fields {
  if (parts === undefined) return { city: '', ...(location !== undefined && partsOf(location)) };
  const isMade = location !== undefined && isDeepStrictEqual(given(parts), partsOf(location));
  return {
    city: '',
    ...given(parts),
    ...((location ?? '') !== lineOf(parts) && { line: location ?? '' }),
    ...(isMade && { own: ['address'] }),
  };
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

function volunteerOf(item: Volunteer): Fields {
  const { position = '', highlights = [] } = item;
  return given({ ...item, position, highlights, ...address(item.url), ...until(item) });
}

function educationOf(item: Education): Fields {
  const { area = '', studyType = '', courses = [], score } = item;
  const filled = { ...item, area, studyType, courses, gpa: score };
  return given({ ...filled, ...address(item.url), ...until(item) });
}

function skillOf(item: SkillCategory): Fields {
  const { id, category, level, skills = [] } = item;
  const detailed = skills.some((skill) => skill.level !== undefined || skill.years !== undefined);
  return given({
    id,
    name: category,
    level: levelOf(item) ?? '',
    keywords: skills.map(skillInWords),
    // What the keywords say in words.
    skills: detailed ? skills.map(given) : undefined,
    // That the level is of its own, though it would be derived.
    own: level !== undefined && level === levelOf({ skills }) ? ['level'] : undefined,
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
    roles: item.roles ?? [],
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
    roles: [],
    ...address(repository.url),
    type: 'repository',
    repository,
  });
}

/** Fields of a profile that an account may have for something else. */
const RESERVED = ['username', 'website', 'key', 'more', 'own'];

/** With what tells the account again that it is of. */
function profileOf(
  { key, counts, ...profile }: Profile,
  { github, socialMedia }: CvDocument,
): Fields {
  if (key === undefined) return given(profile);
  const { network, handle, url } = socialMedia[key] ?? {};
  const derived = handle === undefined ? undefined : profileUrl(key, handle);
  // A key tells GitHub's account from the profile that is made of the section `github`.
  const isPlain =
    networkKey(profile.network) === key && (github === null || profile.network !== 'GitHub');
  const more = Object.entries(counts).filter(([name]) => RESERVED.includes(name));
  const own = [
    ...(network !== undefined && isSameName(network, networkName(key)) ? ['network'] : []),
    ...(url !== undefined && url === derived ? ['url'] : []),
  ];
  return given({
    ...Object.fromEntries(Object.entries(counts).filter(([name]) => !RESERVED.includes(name))),
    ...profile,
    ...(!isPlain && { key }),
    ...(more.length > 0 && { more: Object.fromEntries(more) }),
    ...(own.length > 0 && { own }),
  });
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
