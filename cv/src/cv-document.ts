import { type Award, award } from './sections/awards';
import { type Certificate, certificate } from './sections/certificates';
import { type Education, education } from './sections/education';
import type { GitHubSection } from './sections/github';
import { type Interest, interest } from './sections/interests';
import { type Language, language } from './sections/languages';
import type { PersonalInfo } from './sections/personal-info';
import { type Project, project } from './sections/projects';
import { type Publication, publication } from './sections/publications';
import { type Reference, reference } from './sections/references';
import { type SkillCategory, skillCategory } from './sections/skills';
import type { SocialMedia } from './sections/social-media';
import { type Volunteer, volunteer } from './sections/volunteer';
import { type Position, position } from './sections/work-experience';

/** The sections that are lists of items with an id, each with the schema of a whole item. */
export const LISTS = {
  workExperience: position,
  education,
  skills: skillCategory,
  projects: project,
  languages: language,
  certificates: certificate,
  awards: award,
  publications: publication,
  volunteer,
  interests: interest,
  references: reference,
} as const;

export type ListSection = keyof typeof LISTS;

/**
 * The whole CV. The sections that the CV Website's document has, and their fields, have the names that
 * it gives them; the others are called as in JSON Resume.
 */
export interface CvDocument {
  personalInfo: PersonalInfo;
  workExperience: Position[];
  education: Education[];
  skills: SkillCategory[];
  projects: Project[];
  languages: Language[];
  certificates: Certificate[];
  awards: Award[];
  publications: Publication[];
  volunteer: Volunteer[];
  interests: Interest[];
  references: Reference[];
  /** Null until the first sync. */
  github: GitHubSection | null;
  /** By network. */
  socialMedia: SocialMedia;
  /** Lists whose order was made by hand; those with dates are else newest first. */
  arranged?: ListSection[];
  /** What an imported JSON Resume says of itself: `canonical`, `version` and the like. */
  meta?: Record<string, string>;
}

export const SECTIONS = [
  'personalInfo',
  ...(Object.keys(LISTS) as ListSection[]),
  'github',
  'socialMedia',
] as const;

export type Section = (typeof SECTIONS)[number];

export function isList(section: Section): section is ListSection {
  return Object.hasOwn(LISTS, section);
}

/** A CV that nothing was written into yet. */
export function emptyCv(): CvDocument {
  return {
    personalInfo: {},
    workExperience: [],
    education: [],
    skills: [],
    projects: [],
    languages: [],
    certificates: [],
    awards: [],
    publications: [],
    volunteer: [],
    interests: [],
    references: [],
    github: null,
    socialMedia: {},
  };
}
