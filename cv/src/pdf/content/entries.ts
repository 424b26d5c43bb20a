import type { CvDocument } from '../../cv-document';
import { dateInWords } from '../../date-in-words';
import { webItem } from './address';
import type { Body, Entry, Item } from './content';
import { periodOf } from './period';
import { joined } from './words';

/** The items of sections that have a head of their own: a title, where, and when. */
export const ENTRIES = {
  workExperience: (item) =>
    entry(item.position, [joined([item.company, item.location], ', ')], periodOf(item), {
      url: item.url,
      body: [
        note(item.description),
        ...paragraphs(item.summary),
        points([...(item.responsibilities ?? []), ...(item.achievements ?? [])]),
        technologies(item.technologies),
      ],
    }),
  projects: (item) =>
    entry(item.name, [joined(item.roles ?? [], ', '), item.entity, item.type], periodOf(item), {
      url: item.url,
      body: [
        ...paragraphs(item.description),
        ...paragraphs(item.summary),
        points(item.achievements),
        technologies(item.technologies),
      ],
    }),
  education: (item) => {
    const degree = joined([item.studyType, item.area], ', ');
    return entry(
      degree === '' ? item.institution : degree,
      [degree === '' ? undefined : item.institution],
      periodOf(item),
      {
        url: item.url,
        body: [
          paragraph(item.score === undefined ? undefined : `Score: ${item.score}`),
          ...courses(item.courses),
        ],
      },
    );
  },
  certificates: (item) =>
    entry(item.name, [item.issuer], dateInWords(item.date), { url: item.url }),
  awards: (item) =>
    entry(item.title, [item.awarder], dateInWords(item.date), { body: paragraphs(item.summary) }),
  publications: (item) =>
    entry(item.name, [item.publisher], dateInWords(item.releaseDate), {
      url: item.url,
      body: paragraphs(item.summary),
    }),
  volunteer: (item) => {
    const position = item.position ?? '';
    return entry(
      position === '' ? item.organization : position,
      [position === '' ? undefined : item.organization],
      periodOf(item),
      { url: item.url, body: [...paragraphs(item.summary), points(item.highlights)] },
    );
  },
  references: (item) => entry(item.name, [], '', { body: paragraphs(item.reference) }),
} satisfies { [Name in keyof CvDocument]?: ToEntry<CvDocument[Name]> };

type ToEntry<List> = List extends readonly (infer Item)[] ? (item: Item) => Entry : never;

function entry(
  title: string,
  details: readonly (string | undefined)[],
  period: string,
  { url, body = [] }: { url?: string | undefined; body?: readonly (Body | undefined)[] },
): Entry {
  return {
    type: 'entry',
    title: { text: title },
    details: details.flatMap((text): Item[] =>
      text === undefined || text.trim() === '' ? [] : [{ text }],
    ),
    period,
    ...(url !== undefined && { address: webItem(url) }),
    body: body.filter((part) => part !== undefined),
  };
}

/** A paragraph for each one that blank lines part. */
export function paragraphs(text: string | undefined): Body[] {
  return (text ?? '').split(/\n\s*\n/).flatMap((part) => paragraph(part) ?? []);
}

function paragraph(text: string | undefined): Body | undefined {
  return text === undefined || text.trim() === '' ? undefined : { type: 'paragraph', text };
}

function note(text: string | undefined): Body | undefined {
  return text === undefined || text.trim() === '' ? undefined : { type: 'note', text };
}

function points(list: readonly string[] | undefined): Body | undefined {
  const said = list?.filter((point) => point.trim() !== '') ?? [];
  return said.length === 0 ? undefined : { type: 'points', points: said };
}

function technologies(names: readonly string[] | undefined): Body | undefined {
  return names === undefined || names.length === 0
    ? undefined
    : { type: 'note', text: `Technologies: ${names.join(', ')}` };
}

function courses(names: readonly string[] | undefined): Body[] {
  return names === undefined || names.length === 0
    ? []
    : [{ type: 'note', text: `Courses: ${names.join(', ')}` }];
}
