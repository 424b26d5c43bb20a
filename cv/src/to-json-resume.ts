import type { CvDocument } from './cv-document';
import type { Position } from './sections/work-experience';

/**
 * The CV as JSON Resume (https://jsonresume.org/schema, version 1.0.0). What the schema has no place
 * for (years of a skill, counts of followers) becomes text where a reader expects it, or is left out.
 */
export function toJsonResume(cv: CvDocument): Record<string, unknown> {
  const { personalInfo: person } = cv;
  return {
    $schema: 'https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json',
    basics: given({
      name: person.name,
      label: person.title,
      email: person.email === '' ? undefined : person.email,
      phone: person.phone,
      url: person.website,
      summary: person.summary,
      location: person.location === undefined ? undefined : { address: person.location },
      profiles: profilesOf(cv),
    }),
    work: cv.workExperience.map(workOf),
    skills: cv.skills.map((category) =>
      given({
        name: category.category,
        keywords: (category.skills ?? []).map(({ name, level, years }) => {
          const details = [level, years === undefined ? undefined : `${years} years`];
          const known = details.filter((detail) => detail !== undefined && detail !== '');
          return known.length === 0 ? name : `${name} (${known.join(', ')})`;
        }),
      }),
    ),
    projects: [
      ...cv.projects.map((project) =>
        given({
          name: project.name,
          description: project.description,
          highlights: project.achievements,
          keywords: project.technologies,
          startDate: project.startDate,
          endDate: dateOrNone(project.endDate),
          url: project.url,
        }),
      ),
      ...(cv.github?.repositories ?? []).map((repository) =>
        given({
          name: repository.name,
          description: repository.description ?? undefined,
          keywords: [...repository.languages, ...repository.topics],
          url: repository.url,
          type: 'repository',
        }),
      ),
    ],
  };
}

function workOf(position: Position): Record<string, unknown> {
  const responsibilities = position.responsibilities ?? [];
  return given({
    name: position.company,
    position: position.position,
    location: position.location,
    startDate: position.startDate,
    endDate: dateOrNone(position.endDate),
    summary: responsibilities.length === 0 ? undefined : responsibilities.join('\n'),
    highlights: position.achievements,
  });
}

function profilesOf({ github, socialMedia }: CvDocument): Record<string, unknown>[] {
  const accounts = Object.entries(socialMedia).map(([network, { handle, url }]) =>
    given({ network, username: handle?.replace(/^@/, ''), url }),
  );
  if (github === null) return accounts;
  const { username } = github;
  const others = accounts.filter(({ network }) => network !== 'github');
  return [{ network: 'GitHub', username, url: `https://github.com/${username}` }, ...others];
}

/** JSON Resume says "until today" by having no end date. */
function dateOrNone(date: string | undefined): string | undefined {
  return date === undefined || /^present$/i.test(date) ? undefined : date;
}

function given(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
