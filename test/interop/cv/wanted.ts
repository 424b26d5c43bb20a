import type { CvDocument } from '@careerhooks/cv';
import type { Piece, Section } from './faults-in';

/** What a reader of this CV's PDF has to find, section by section. */
export function wantedOf(cv: CvDocument): Section[] {
  const sections: Section[] = [
    header(cv),
    ...(cv.personalInfo.summary === undefined
      ? []
      : [{ heading: /profile|summary|about/, steps: [[prose(cv.personalInfo.summary)]] }]),
    { heading: /experience/, steps: cv.workExperience.flatMap(positionSteps) },
    { heading: /education/, steps: cv.education.flatMap(educationSteps) },
    { heading: /skills/, steps: cv.skills.flatMap(skillSteps) },
    { heading: /projects/, steps: cv.projects.flatMap(projectSteps) },
    {
      heading: /languages/,
      steps: cv.languages.map((spoken) => words(spoken.language, spoken.fluency)),
    },
    {
      heading: /certificates|certifications/,
      steps: cv.certificates.flatMap(({ name, issuer, date, url }) => [
        [exact(name)],
        [...words(issuer), ...dates(date), ...address(url)],
      ]),
    },
    {
      heading: /awards/,
      steps: cv.awards.flatMap(({ title, awarder, date, summary }) => [
        [exact(title)],
        [...words(awarder), ...dates(date)],
        paragraphs(summary),
      ]),
    },
    {
      heading: /publications/,
      steps: cv.publications.flatMap(({ name, publisher, releaseDate, url, summary }) => [
        [exact(name)],
        [...words(publisher), ...dates(releaseDate), ...address(url), ...paragraphs(summary)],
      ]),
    },
    { heading: /volunteer(ing)?( experience| work)?/, steps: cv.volunteer.flatMap(volunteerSteps) },
    {
      heading: /interests/,
      steps: cv.interests.flatMap(({ name, keywords = [] }) => [[exact(name)], words(...keywords)]),
    },
    {
      heading: /references/,
      steps: cv.references.map(({ name, reference }) => [exact(name), ...paragraphs(reference)]),
    },
    ...(cv.github === null
      ? []
      : [
          {
            heading: /open source|github|repositories/,
            steps: cv.github.repositories.flatMap(repositorySteps),
          },
        ]),
  ];
  return sections.filter(({ steps }) => steps.length > 0);
}

function header({ personalInfo: person, socialMedia }: CvDocument): Section {
  const profiles = Object.values(socialMedia).flatMap(({ url }) => address(url));
  return {
    steps: [
      words(person.name),
      words(person.title),
      [
        ...words(person.email, person.phone, person.location),
        ...address(person.website),
        ...profiles,
      ],
    ],
  };
}

type Of<List extends keyof CvDocument> = CvDocument[List] extends (infer Item)[] ? Item : never;

function positionSteps(position: Of<'workExperience'>): Piece[][] {
  return [
    [exact(position.position)],
    [
      apart(position.company),
      ...words(position.location),
      ...dates(position.startDate, position.endDate),
      ...address(position.url),
    ],
    [...paragraphs(position.description), ...paragraphs(position.summary)],
    ...points(position.responsibilities),
    ...points(position.achievements),
    ...tags(position.technologies),
  ];
}

function educationSteps(of: Of<'education'>): Piece[][] {
  return [
    words(of.institution, of.area, of.studyType, of.score).concat(dates(of.startDate, of.endDate)),
    words(...(of.courses ?? [])),
  ];
}

function projectSteps(project: Of<'projects'>): Piece[][] {
  return [
    [exact(project.name)],
    [...dates(project.startDate, project.endDate), ...address(project.url)],
    paragraphs(project.description),
    ...points(project.achievements),
    ...tags(project.technologies),
  ];
}

function skillSteps({ category, skills = [] }: Of<'skills'>): Piece[][] {
  return [
    [exact(category)],
    ...skills.map(({ name, level, years }) => [
      exact(name),
      ...words(level, years === undefined ? undefined : `${years} years`),
    ]),
  ];
}

function volunteerSteps(of: Of<'volunteer'>): Piece[][] {
  return [
    words(of.organization, of.position).concat(dates(of.startDate, of.endDate)),
    ...points(of.highlights),
  ];
}

function repositorySteps(of: NonNullable<CvDocument['github']>['repositories'][number]): Piece[][] {
  return [
    [exact(of.name)],
    [...paragraphs(of.description), ...words(...of.languages, `${of.stars} stars`)],
  ];
}

/** One line, letter by letter, and nothing of a word before or behind it. */
function exact(text: string): Piece {
  return { what: text, pattern: inWords(text) };
}

/** As `exact`, after a line break or a sign: `Engineer – Northwind`, never `Engineer Northwind`. */
function apart(text: string): Piece {
  return { ...exact(text), apart: true };
}

/** Text of several lines, which may break where a hyphen or a dash is. */
function prose(text: string): Piece {
  return { what: text, pattern: inWords(text).replace(/[-/–—]/g, '$&\\s*') };
}

function words(...texts: (string | undefined)[]): Piece[] {
  return texts.flatMap((text) => (text === undefined ? [] : exact(text)));
}

function paragraphs(text: string | null | undefined): Piece[] {
  return text === null || text === undefined ? [] : [prose(text)];
}

function points(list: readonly string[] | undefined): Piece[][] {
  return (list ?? []).map((point) => [{ ...prose(point), apart: true }]);
}

function tags(list: readonly string[] | undefined): Piece[][] {
  return (list ?? []).map((tag) => [exact(tag)]);
}

/** An address without its scheme, `www.` kept. */
function address(url: string | undefined): Piece[] {
  return words(url?.replace(/^https?:\/\//, '').replace(/\/$/, ''));
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Mar 2021 – Present`, on one line. */
function dates(...days: (string | undefined)[]): Piece[] {
  const texts = days.flatMap((day) => (day === undefined ? [] : readable(day)));
  return texts.length === 0 ? [] : [exact(texts.join(' – '))];
}

function readable(date: string): string {
  const [, year = date, month] = /^(\d{4})-(\d{2})/.exec(date) ?? [];
  return month === undefined ? year : `${MONTHS[Number(month) - 1]} ${year}`;
}

/** Soft hyphens are no text, and a no-break space is a blank: any number of blanks stands for one. */
function inWords(text: string): string {
  const escaped = text.replace(/\u00ad/g, '').replace(/[$()*+./?[\\\]^{|}]/g, '\\$&');
  return escaped.replace(/\s+/g, '\\s+');
}
