import type { CvDocument } from '../cv-document';
import { levelOf, skillInWords } from '../sections/skills';
import { markup, type Markup } from './markup';
import { entries, type Entry, joined, link, paragraphs, section } from './parts';
import { dateOf, periodOf } from './times';

/** All that has entries, in the order in which people read it. */
export function sections(cv: CvDocument): Markup[] {
  return [
    profile(cv),
    work(cv),
    projects(cv),
    skills(cv),
    education(cv),
    openSource(cv),
    certificates(cv),
    awards(cv),
    publications(cv),
    volunteer(cv),
    languages(cv),
    interests(cv),
    references(cv),
  ];
}

function profile({ personalInfo: { summary } }: CvDocument): Markup {
  if (summary === undefined) return markup``;
  return section('profile', 'Profile', [
    markup`<div class="p-summary">${paragraphs(summary)}</div>`,
  ]);
}

function work(cv: CvDocument): Markup {
  const items = cv.workExperience.map((item): Entry => ({
    className: 'p-experience h-event',
    title: item.position,
    of: joined([
      link(item.url, item.company, 'p-organization'),
      item.location && markup`<span class="p-location">${item.location}</span>`,
      item.description,
    ]),
    when: periodOf(item),
    texts: [item.summary],
    points: [...(item.responsibilities ?? []), ...(item.achievements ?? [])],
    tags: item.technologies,
  }));
  return entries('experience', 'Experience', items);
}

function projects(cv: CvDocument): Markup {
  const items = cv.projects.map((item): Entry => ({
    title: link(item.url, item.name),
    of: joined([item.roles?.join(', '), item.entity, item.type]),
    when: periodOf(item),
    texts: [item.description, item.summary],
    points: item.achievements,
    tags: item.technologies,
  }));
  return entries('projects', 'Projects', items);
}

function skills(cv: CvDocument): Markup {
  const rows = cv.skills.map((item) => {
    const names = item.skills ?? [];
    // Of a category alone: where its skills have levels, they say it themselves.
    const level = names.some((skill) => skill.level !== undefined) ? item.level : levelOf(item);
    return markup`<div>
      <dt class="p-skill">${item.category}${level && markup` <span class="soft">${level}</span>`}</dt>
      <dd>
        ${
          names.length > 0 &&
          markup`<ul class="tags">
            ${names.map((skill) => markup`<li>${skillInWords(skill)}</li>`)}
          </ul>`
        }
      </dd>
    </div>`;
  });
  return section('skills', 'Skills', rows.length === 0 ? [] : [markup`<dl>${rows}</dl>`], false);
}

function education(cv: CvDocument): Markup {
  const items = cv.education.map((item): Entry => {
    const studied = [item.studyType, item.area].filter((part) => part !== undefined).join(', ');
    const institution = link(item.url, item.institution, 'p-organization');
    return {
      className: 'p-education h-event',
      title: studied === '' ? institution : studied,
      of: joined([studied !== '' && institution, item.score && `Score: ${item.score}`]),
      when: periodOf(item),
      tags: item.courses,
      tagged: 'Courses',
    };
  });
  return entries('education', 'Education', items);
}

function openSource({ github }: CvDocument): Markup {
  const items = (github?.repositories ?? []).map((item): Entry => ({
    title: link(item.url, item.name),
    of: joined([
      item.stars > 0 && `${item.stars} ${item.stars === 1 ? 'star' : 'stars'}`,
      item.fork === true && 'fork',
      item.archived === true && 'archived',
    ]),
    texts: [item.description ?? undefined],
    tags: [...item.languages, ...item.topics],
  }));
  return entries('open-source', 'Open source', items);
}

function certificates(cv: CvDocument): Markup {
  const items = cv.certificates.map((item): Entry => ({
    title: link(item.url, item.name),
    of: item.issuer,
    when: dateOf(item.date, 'dt-start'),
  }));
  return entries('certificates', 'Certificates', items);
}

function awards(cv: CvDocument): Markup {
  const items = cv.awards.map((item): Entry => ({
    title: item.title,
    of: item.awarder,
    when: dateOf(item.date, 'dt-start'),
    texts: [item.summary],
  }));
  return entries('awards', 'Awards', items);
}

function publications(cv: CvDocument): Markup {
  const items = cv.publications.map((item): Entry => ({
    title: link(item.url, item.name),
    of: item.publisher,
    when: dateOf(item.releaseDate, 'dt-start'),
    texts: [item.summary],
  }));
  return entries('publications', 'Publications', items);
}

function volunteer(cv: CvDocument): Markup {
  const items = cv.volunteer.map((item): Entry => {
    const organization = link(item.url, item.organization, 'p-organization');
    return {
      className: 'p-experience h-event',
      title: item.position ?? organization,
      of: item.position !== undefined && organization,
      when: periodOf(item),
      texts: [item.summary],
      points: item.highlights,
    };
  });
  return entries('volunteering', 'Volunteering', items);
}

function languages(cv: CvDocument): Markup {
  const rows = cv.languages.map(
    (item) =>
      markup`<li>
        ${item.language}${item.fluency && markup` <span class="soft">${item.fluency}</span>`}
      </li>`,
  );
  return section(
    'languages',
    'Languages',
    rows.length === 0
      ? []
      : [
          markup`<ul class="row">
            ${rows}
          </ul>`,
        ],
  );
}

function interests(cv: CvDocument): Markup {
  const rows = cv.interests.map((item) => {
    const keywords = item.keywords?.join(', ') ?? '';
    return markup`<li>
      ${item.name}${keywords !== '' && markup` <span class="soft">${keywords}</span>`}
    </li>`;
  });
  return section(
    'interests',
    'Interests',
    rows.length === 0
      ? []
      : [
          markup`<ul class="row">
            ${rows}
          </ul>`,
        ],
  );
}

function references(cv: CvDocument): Markup {
  const rows = cv.references.map(
    (item) =>
      markup`<figure>
        ${item.reference !== undefined && markup`<blockquote>${paragraphs(item.reference)}</blockquote>`}
        <figcaption>${item.name}</figcaption>
      </figure>`,
  );
  return section('references', 'References', rows);
}
