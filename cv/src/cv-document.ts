import type { GitHubSection } from './sections/github';
import type { PersonalInfo } from './sections/personal-info';
import type { Project } from './sections/projects';
import type { SkillCategory } from './sections/skills';
import type { SocialMedia } from './sections/social-media';
import type { Position } from './sections/work-experience';

/** The whole CV. Sections and their fields have the names that the CV Website's document gives them. */
export interface CvDocument {
  personalInfo: PersonalInfo;
  /** In the order in which its items were added. */
  workExperience: Position[];
  skills: SkillCategory[];
  projects: Project[];
  /** Null until the first sync. */
  github: GitHubSection | null;
  socialMedia: SocialMedia;
}

export const SECTIONS = [
  'personalInfo',
  'workExperience',
  'skills',
  'projects',
  'github',
  'socialMedia',
] as const;

export type Section = (typeof SECTIONS)[number];

/** A CV that nothing was written into yet. */
export function emptyCv(): CvDocument {
  return {
    personalInfo: {},
    workExperience: [],
    skills: [],
    projects: [],
    github: null,
    socialMedia: {},
  };
}
