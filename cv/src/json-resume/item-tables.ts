import type { ListSection } from '../cv-document';
import { longText, points, shortText, tags } from '../sections/fields';
import type { Table } from './read-fields';
import { place } from './read-place';
import { address, day, lastDay, list, text } from './read-values';

/** Where JSON Resume has the lists, and the names that others give them. */
export const LIST_KEYS: Readonly<Record<ListSection, readonly string[]>> = {
  workExperience: ['work'],
  education: ['education'],
  skills: ['skills'],
  projects: ['projects'],
  languages: ['languages'],
  certificates: ['certificates', 'certifications'],
  awards: ['awards'],
  publications: ['publications'],
  volunteer: ['volunteer'],
  interests: ['interests', 'hobbies'],
  references: ['references'],
};

const sentences = { commas: false };
const names = { commas: true };

/**
 * The fields of each list's items: by the CV's name of each the names that it has in JSON Resume 1.0.0,
 * in the schema before it, and in files of well-known programs.
 */
export const ITEM_TABLES: Readonly<Record<ListSection, Table>> = {
  workExperience: {
    position: text(shortText, 'position'),
    company: text(shortText, 'name', 'company', 'employer'),
    description: text(longText, 'description'),
    location: place(shortText, 'location'),
    url: address('url', 'website'),
    startDate: day('startDate'),
    endDate: lastDay('endDate'),
    summary: text(longText, 'summary'),
    responsibilities: list(points, sentences, 'responsibilities'),
    achievements: list(points, sentences, 'highlights'),
    technologies: list(tags, names, 'keywords', 'technologies'),
  },
  education: {
    institution: text(shortText, 'institution', 'school'),
    url: address('url', 'website'),
    area: text(shortText, 'area'),
    studyType: text(shortText, 'studyType', 'degree'),
    startDate: day('startDate'),
    endDate: lastDay('endDate'),
    score: text(shortText, 'score', 'gpa'),
    courses: list(points, names, 'courses'),
  },
  skills: {
    category: text(shortText, 'name', 'category'),
    level: text(shortText, 'level'),
  },
  projects: {
    name: text(shortText, 'name', 'title'),
    description: text(longText, 'description'),
    summary: text(longText, 'summary'),
    startDate: day('startDate'),
    endDate: lastDay('endDate'),
    technologies: list(tags, names, 'keywords', 'technologies'),
    achievements: list(points, sentences, 'highlights'),
    url: address('url', 'website'),
    roles: list(tags, names, 'roles'),
    entity: text(shortText, 'entity'),
    type: text(shortText, 'type'),
  },
  languages: {
    language: text(shortText, 'language', 'name'),
    fluency: text(shortText, 'fluency', 'level'),
  },
  certificates: {
    name: text(shortText, 'name', 'title'),
    date: day('date', 'issueDate', 'startDate'),
    issuer: text(shortText, 'issuer', 'authority'),
    url: address('url', 'website'),
  },
  awards: {
    title: text(shortText, 'title', 'name'),
    date: day('date'),
    awarder: text(shortText, 'awarder', 'issuer'),
    summary: text(longText, 'summary', 'description'),
  },
  publications: {
    name: text(shortText, 'name', 'title'),
    publisher: text(shortText, 'publisher'),
    releaseDate: day('releaseDate', 'date'),
    url: address('url', 'website'),
    summary: text(longText, 'summary', 'description'),
  },
  volunteer: {
    organization: text(shortText, 'organization', 'organisation', 'company'),
    position: text(shortText, 'position'),
    url: address('url', 'website'),
    startDate: day('startDate'),
    endDate: lastDay('endDate'),
    summary: text(longText, 'summary'),
    highlights: list(points, sentences, 'highlights'),
  },
  interests: {
    name: text(shortText, 'name'),
    keywords: list(tags, names, 'keywords'),
  },
  references: {
    name: text(shortText, 'name'),
    reference: text(longText, 'reference'),
  },
};

/** The field that an item is, where a file has a text in its place. */
export const TEXT_ITEMS: Readonly<Record<ListSection, string>> = {
  workExperience: 'name',
  education: 'institution',
  skills: 'name',
  projects: 'name',
  languages: 'language',
  certificates: 'name',
  awards: 'title',
  publications: 'name',
  volunteer: 'organization',
  interests: 'name',
  references: 'reference',
};
