import { invalid } from '../changes/check';
import { type CvDocument, emptyCv, LISTS, type ListSection, type Section } from '../cv-document';
import { CvError } from '../errors';
import { inOrder } from '../in-order';
import { checkSections } from './check-sections';
import { LIST_KEYS } from './item-tables';
import { readBasics } from './read-basics';
import { at, tellUnknown } from './read-fields';
import { readGitHub, splitProjects } from './read-github';
import { entriesOf, readItems } from './read-items';
import { readProfiles } from './read-profiles';
import { type Fields, isEmpty, isFields, plainText } from './read-values';
import { type NotUnderstood, Report } from './report';

export interface ReadResume {
  cv: CvDocument;
  /** What of the file is not in the CV, and why. */
  ignored: readonly NotUnderstood[];
  /** Sections that the file does not have, or of which nothing is understood: they are as they were. */
  kept: Section[];
}

/** `profiles` at the top is older than the first version of the schema. */
const SECTION_KEYS = ['basics', 'profiles', 'meta', ...Object.values(LIST_KEYS).flat()];

/**
 * Reads a JSON Resume of version 1.0.0 or of the schema before it, with what real files have beside the
 * schema: dates in words, addresses without a scheme, texts for lists.
 *
 * @param file parsed JSON.
 * @param present the CV that takes the place of: sections that the file does not have, or nothing of which
 * is understood, are as there, and items that are the same thing have its ids.
 * @throws {CvError} `VALIDATION_FAILED` where it is no JSON Resume, or with every text that is longer than
 * the CV takes; `CV_TOO_LARGE`.
 */
export function fromJsonResume(file: unknown, present: CvDocument = emptyCv()): ReadResume {
  if (!isFields(file) || !SECTION_KEYS.some((key) => Object.hasOwn(file, key))) {
    throw new CvError(
      'VALIDATION_FAILED',
      'This is no JSON Resume: it is an object with "basics", "work" and the like.',
    );
  }
  const report = new Report();
  const cv = { ...present };
  const kept: Section[] = [];
  const ours = oursOf(file, report);
  readPerson(file, { cv, present, kept, report, ours });
  for (const section of Object.keys(LISTS) as ListSection[]) {
    const all = entriesOf(file, section, report);
    if (all === undefined) {
      kept.push(section);
      continue;
    }
    const { projects, repositories } = splitProjects(section === 'projects' ? all : []);
    if (section === 'projects') cv.github = readGitHub(ours.github, repositories, present.github);
    const entries = section === 'projects' ? projects : all;
    const items = readItems(section, entries, present, report);
    if (items === undefined) kept.push(section);
    else Object.assign(cv, { [section]: items });
  }
  if (isFields(file.meta)) readMeta(file.meta, cv, report);
  arrange(cv, ours.arranged, kept);
  for (const key of Object.keys(file)) {
    if (key !== '$schema' && !SECTION_KEYS.includes(key) && !isEmpty(file[key])) {
      tellUnknown(report, key);
    }
  }
  if (report.refused.length > 0) throw invalid([...report.refused]);
  checkSections(cv, present);
  return { cv: inOrder(cv), ignored: report.ignored, kept };
}

function readPerson(
  file: Fields,
  reading: {
    cv: CvDocument;
    present: CvDocument;
    kept: Section[];
    report: Report;
    ours: Fields;
  },
): void {
  const { cv, present, kept, report, ours } = reading;
  const { basics } = file;
  const person = isFields(basics) ? readBasics(basics, report) : undefined;
  if (!isFields(basics) && !isEmpty(basics)) report.ignore('basics', 'must be an object');
  if (person === undefined) kept.push('personalInfo');
  else cv.personalInfo = person;
  const inBasics = isFields(basics) ? (basics.profiles ?? undefined) : undefined;
  const given = inBasics ?? file.profiles ?? undefined;
  const path = inBasics === undefined ? 'profiles' : 'basics.profiles';
  const accounts =
    given === undefined
      ? undefined
      : readProfiles(withoutDerived(given, ours.github), path, present.socialMedia, report);
  if (accounts === undefined) kept.push('socialMedia');
  else cv.socialMedia = accounts;
  if (inBasics !== undefined && !isEmpty(file.profiles)) {
    report.ignore('profiles', 'stands aside: there is basics.profiles');
  }
}

/** The profiles without the one that our own files make of the section `github`: the first, without a key. */
function withoutDerived(profiles: unknown, github: unknown): unknown {
  if (!Array.isArray(profiles) || !isFields(github)) return profiles;
  const [first, ...others] = profiles as unknown[];
  const isDerived =
    isFields(first) &&
    first.network === 'GitHub' &&
    first.username === github.username &&
    first.key === undefined;
  // Its place stays taken, so that the others are told by their own.
  return isDerived ? [null, ...others] : profiles;
}

/** What our own files say beside the schema. */
function oursOf({ meta }: Fields, report: Report): Fields {
  const ours = isFields(meta) ? meta.careerhooks : undefined;
  if (isFields(ours)) return ours;
  if (!isFields(meta) && !isEmpty(meta)) report.ignore('meta', 'must be an object');
  if (!isEmpty(ours)) report.ignore('meta.careerhooks', 'must be an object');
  return {};
}

function readMeta(meta: Fields, cv: CvDocument, report: Report): void {
  const texts: Record<string, string> = {};
  for (const [key, value] of Object.entries(meta)) {
    if (key === 'careerhooks' || isEmpty(value)) continue;
    const plain = plainText(value);
    if (plain === undefined || plain.length > 2_000) {
      report.ignore(at('meta', key), 'must be a text of at most 2000 characters');
    } else texts[key] = plain;
  }
  delete cv.meta;
  if (Object.keys(texts).length > 0) cv.meta = texts;
}

/** Of the lists that are kept those stay arranged that are; of the others those are that our file says. */
function arrange(cv: CvDocument, given: unknown, kept: readonly Section[]): void {
  const { arranged: before = [] } = cv;
  const told: unknown[] = Array.isArray(given) ? given : [];
  const isArranged = (list: ListSection): boolean =>
    (kept.includes(list) ? before : told).includes(list);
  const lists = Object.keys(LISTS) as ListSection[];
  const inFile = told.filter((name): name is ListSection => lists.some((list) => list === name));
  const arranged = [...new Set([...before, ...inFile])].filter(isArranged);
  delete cv.arranged;
  if (arranged.length > 0) cv.arranged = arranged;
}
