import { inWords, tellIssue } from '@careerhooks/systems';
import { z } from 'zod';
import { type CvDocument, type Section, SECTIONS } from './cv-document';
import { CvError, type CvIssue } from './errors';
import { itemId } from './sections/fields';
import { type GitHubRequest, githubRequest } from './sections/github';
import { personalInfo } from './sections/personal-info';
import { project } from './sections/projects';
import { skillCategory } from './sections/skills';
import { type SocialMedia, socialMedia } from './sections/social-media';
import { position } from './sections/work-experience';

/** `test` is for the section `health`, which is no part of the CV. */
export const ACTIONS = ['update', 'add', 'delete', 'sync'] as const;

export type Action = (typeof ACTIONS)[number];

/** A change as it was sent. */
export interface CvChange {
  action: string;
  section: string;
  data: unknown;
}

export interface AppliedChange {
  cv: CvDocument;
  /** The items (or networks, or repositories) that changed; none for personalInfo. */
  ids: string[];
}

/** The sections that are lists of items with an id, each with the schema of a whole item. */
const LISTS = { workExperience: position, skills: skillCategory, projects: project } as const;

type ListSection = keyof typeof LISTS;
interface Item {
  id: string;
}

const MAX_ITEMS = 200;
const MAX_CV_LENGTH = 512 * 1024;

/**
 * What `change` makes of `cv`, which is left as it is.
 *
 * - `update` merges the given fields: into the section, or into each item by its id; an unknown id
 *   adds the item.
 * - `add` takes items (or networks) whose ids are new.
 * - `delete` takes `{id}`, `{ids}` or a list of either ids or `{id}`.
 * - `sync` (GitHub) only checks the request here: the repositories come later, by `applySync`.
 *
 * @throws {CvError} where the change is not one that the CV can take; then nothing of it applies.
 */
export function applyChange(cv: CvDocument, change: CvChange): AppliedChange {
  const action = oneOf(ACTIONS, change.action, 'INVALID_ACTION');
  const section = oneOf(SECTIONS, change.section, 'INVALID_SECTION');
  const applied = apply(cv, { action, section, data: change.data });
  if (JSON.stringify(applied.cv).length > MAX_CV_LENGTH) throw new CvError('CV_TOO_LARGE');
  return applied;
}

function apply(
  cv: CvDocument,
  change: { action: Action; section: Section; data: unknown },
): AppliedChange {
  const { action, section, data } = change;
  if (action === 'sync' && section === 'github') {
    return { cv, ids: readSyncRequest(data).repositories };
  }
  if (action === 'delete') return remove(cv, section, readIds(data));
  if (action === 'update' && section === 'personalInfo') {
    const given = check(personalInfo, data, 'data');
    return { cv: { ...cv, personalInfo: { ...cv.personalInfo, ...given } }, ids: [] };
  }
  if (action === 'update' || action === 'add') {
    if (section === 'socialMedia') return writeAccounts(cv, action, data);
    if (section in LISTS) return writeItems(cv, action, section as ListSection, data);
  }
  throw unsupported(action, section);
}

/** The request of a `sync`; throws CvError `VALIDATION_FAILED`. */
export function readSyncRequest(data: unknown): GitHubRequest {
  const request = check(githubRequest, data, 'data');
  refuseRepeated(request.repositories);
  return request;
}

function writeItems(
  cv: CvDocument,
  action: 'update' | 'add',
  section: ListSection,
  data: unknown,
): AppliedChange {
  const given = Array.isArray(data) ? (data as unknown[]) : [data];
  if (given.length === 0) {
    throw invalid([{ path: 'data', message: 'must hold at least one item' }]);
  }
  const current: readonly Item[] = cv[section];
  const items = new Map(current.map((item) => [item.id, item]));
  const schema: z.ZodType<Item> = LISTS[section];
  const ids = given.map((entry, index) => {
    const path = Array.isArray(data) ? `data[${index}]` : 'data';
    const { id } = check(z.looseObject({ id: itemId }), entry, path);
    const known = items.get(id);
    if (known !== undefined && action === 'add') {
      throw new CvError('ID_EXISTS', `${section} has an item "${id}" already; use update.`, [
        { path: `${path}.id`, message: 'exists already' },
      ]);
    }
    // The merged item is checked whole, so that an update of one field needs no other.
    items.set(id, check(schema, { ...known, ...(entry as object) }, path));
    return id;
  });
  refuseRepeated(ids);
  if (items.size > MAX_ITEMS) {
    throw new CvError('CV_TOO_LARGE', `${section} takes at most ${MAX_ITEMS} items.`);
  }
  return { cv: { ...cv, [section]: [...items.values()] }, ids };
}

function writeAccounts(cv: CvDocument, action: 'update' | 'add', data: unknown): AppliedChange {
  const given = check(socialMedia, data, 'data');
  const networks = Object.keys(given);
  if (networks.length === 0) {
    throw invalid([{ path: 'data', message: 'must name at least one network' }]);
  }
  const accounts: SocialMedia = { ...cv.socialMedia };
  for (const [network, fields] of Object.entries(given)) {
    if (action === 'add' && Object.hasOwn(accounts, network)) {
      throw new CvError('ID_EXISTS', `socialMedia has "${network}" already; use update.`, [
        { path: `data.${network}`, message: 'exists already' },
      ]);
    }
    accounts[network] = { ...accounts[network], ...fields };
  }
  return { cv: { ...cv, socialMedia: check(socialMedia, accounts, 'data') }, ids: networks };
}

function remove(cv: CvDocument, section: Section, ids: string[]): AppliedChange {
  const without = <Entry>(entries: readonly Entry[], idOf: (entry: Entry) => string): Entry[] => {
    const known = new Set(entries.map(idOf));
    const unknown = ids.filter((id) => !known.has(id));
    if (unknown.length > 0) {
      throw new CvError('UNKNOWN_ID', `${section} has no ${unknown.join(', ')}.`, [
        ...unknown.map((id) => ({ path: 'data', message: `"${id}" is not there` })),
      ]);
    }
    return entries.filter((entry) => !ids.includes(idOf(entry)));
  };
  switch (section) {
    case 'workExperience':
      return { cv: { ...cv, workExperience: without(cv.workExperience, ({ id }) => id) }, ids };
    case 'skills':
      return { cv: { ...cv, skills: without(cv.skills, ({ id }) => id) }, ids };
    case 'projects':
      return { cv: { ...cv, projects: without(cv.projects, ({ id }) => id) }, ids };
    case 'socialMedia': {
      const left = without(Object.entries(cv.socialMedia), ([network]) => network);
      return { cv: { ...cv, socialMedia: Object.fromEntries(left) }, ids };
    }
    case 'github': {
      const repositories = without(cv.github?.repositories ?? [], (repository) => repository.name);
      return { cv: { ...cv, github: cv.github && { ...cv.github, repositories } }, ids };
    }
    case 'personalInfo':
      throw unsupported('delete', section);
  }
}

const named = z.union([itemId, z.strictObject({ id: itemId })]);
const deletion = z.union(
  [
    named,
    z.strictObject({ ids: z.array(itemId).min(1).max(MAX_ITEMS) }),
    z.array(named).min(1).max(MAX_ITEMS),
  ],
  { error: 'must be {"id": …}, {"ids": […]} or a list of ids' },
);

function readIds(data: unknown): string[] {
  const given = check(deletion, data, 'data');
  const list = Array.isArray(given)
    ? given
    : typeof given === 'object' && 'ids' in given
      ? given.ids
      : [given];
  const ids = list.map((entry) => (typeof entry === 'string' ? entry : entry.id));
  refuseRepeated(ids);
  return ids;
}

function refuseRepeated(ids: readonly string[]): void {
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw new CvError('ID_REPEATED', `"${repeated}" is given twice.`);
}

function oneOf<Value extends string>(
  values: readonly Value[],
  given: string,
  code: 'INVALID_ACTION' | 'INVALID_SECTION',
): Value {
  const found = values.find((value) => value === given);
  if (found !== undefined) return found;
  const what = code === 'INVALID_ACTION' ? 'action' : 'section';
  throw new CvError(code, `Invalid ${what}: it must be one of ${values.join(', ')}.`);
}

function unsupported(action: Action, section: Section): CvError {
  const hint = section === 'github' ? ' GitHub repositories come with "sync".' : '';
  return new CvError('UNSUPPORTED_OPERATION', `${section} does not take "${action}".${hint}`);
}

function check<Output>(schema: z.ZodType<Output>, value: unknown, path: string): Output {
  const result = schema.safeParse(value, { error: inWords });
  if (result.success) return result.data;
  throw invalid(
    result.error.issues.map((issue) => ({
      path:
        path +
        issue.path
          .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
          .join(''),
      message: issue.message,
    })),
  );
}

function invalid(issues: CvIssue[]): CvError {
  const list = issues.map((issue) => tellIssue(issue, 'data')).join('; ');
  return new CvError(
    'VALIDATION_FAILED',
    `Invalid data format: ${list}`.slice(0, 1_000),
    issues.slice(0, 50),
  );
}
