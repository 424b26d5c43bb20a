import type { CvDocument } from '../../cv-document';
import { webItem } from './address';
import { contactOf, githubProfile } from './contact';
import type { Content, Part, Row, Section } from './content';
import { ENTRIES, paragraphs } from './entries';
import { accountRows, interestParts, languageParts, repositoryRow, skillRow } from './rows';

/** What the CV says. Its lists are shown in the order in which they come. */
export function contentOf(cv: CvDocument): Content {
  const { name = '', title = '', summary } = cv.personalInfo;
  const sections: [title: string, parts: Part[]][] = [
    ['Summary', paragraphs(summary) as Part[]],
    ['Experience', cv.workExperience.map(ENTRIES.workExperience)],
    ['Projects', cv.projects.map(ENTRIES.projects)],
    ['Education', cv.education.map(ENTRIES.education)],
    ['Skills', rows(cv.skills.map(skillRow))],
    ['Languages', languageParts(cv.languages)],
    ['Certificates', cv.certificates.map(ENTRIES.certificates)],
    ['Awards', cv.awards.map(ENTRIES.awards)],
    ['Publications', cv.publications.map(ENTRIES.publications)],
    ['Volunteering', cv.volunteer.map(ENTRIES.volunteer)],
    ['Open Source', repositoryParts(cv.github)],
    ['Online', rows(accountRows(cv.socialMedia))],
    ['Interests', interestParts(cv.interests)],
    ['References', cv.references.map(ENTRIES.references)],
  ];
  return {
    name: name.trim() === '' ? 'Curriculum Vitae' : name,
    title,
    contact: contactOf(cv),
    sections: sections
      .map(([heading, parts]): Section => ({ title: heading, parts }))
      .filter(({ parts }) => parts.length > 0),
  };
}

function rows(list: Row[]): Part[] {
  return list.length === 0 ? [] : [{ type: 'rows', rows: list }];
}

/** The account stands first: repositories are named without it. */
function repositoryParts(github: CvDocument['github']): Part[] {
  if (github === null || github.repositories.length === 0) return [];
  const account = githubProfile(github);
  return [
    ...(account === undefined ? [] : [{ type: 'line' as const, items: [webItem(account)] }]),
    ...rows(github.repositories.map(repositoryRow)),
  ];
}
