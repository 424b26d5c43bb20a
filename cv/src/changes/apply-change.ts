import { z } from 'zod';
import { type CvDocument, isList, type Section, SECTIONS } from '../cv-document';
import { CvError } from '../errors';
import { itemId } from '../sections/fields';
import { type GitHubRequest, githubRequest } from '../sections/github';
import type { AppliedChange } from './applied-change';
import { check, refuseRepeated } from './check';
import { moveItems } from './move-items';
import { removeItems } from './remove-items';
import { unsupported } from './unsupported';
import { writeAccounts } from './write-accounts';
import { MAX_ITEMS, writeItems } from './write-items';
import { writePersonalInfo } from './write-personal-info';

/** `test` is for the section `health`, which is no part of the CV. */
export const ACTIONS = ['update', 'add', 'delete', 'move', 'sync'] as const;

export type Action = (typeof ACTIONS)[number];

/** A change as it was sent. */
export interface CvChange {
  action: string;
  section: string;
  data: unknown;
}

const MAX_CV_LENGTH = 512 * 1024;

/**
 * What `change` makes of `cv`, which is left as it is.
 *
 * - `update` merges the given fields: into the section, or into each item by its id; an unknown id
 *   adds the item. `null` and `""` clear a field.
 * - `add` takes items (or networks) whose ids are new.
 * - `delete` takes `{id}`, `{ids}` or a list of either ids or `{id}`.
 * - `move` takes `{id, position}` (from 1), `{ids}` in the order wanted, or `{by: "date"}`.
 * - `sync` (GitHub) only checks the request here: the repositories come later, by `applySync`.
 *
 * @throws {CvError} where the change is not one that the CV can take; then nothing of it applies.
 */
export function applyChange(cv: CvDocument, change: CvChange): AppliedChange {
  const action = oneOf(ACTIONS, change.action, 'INVALID_ACTION');
  const section = oneOf(SECTIONS, change.section, 'INVALID_SECTION');
  const applied = apply(cv, { action, section, data: change.data });
  refuseTooLarge(applied.cv);
  return applied;
}

/** @throws {CvError} `CV_TOO_LARGE` where the CV is more than is kept. */
export function refuseTooLarge(cv: CvDocument): void {
  if (JSON.stringify(cv).length > MAX_CV_LENGTH) throw new CvError('CV_TOO_LARGE');
}

function apply(
  cv: CvDocument,
  change: { action: Action; section: Section; data: unknown },
): AppliedChange {
  const { action, section, data } = change;
  if (action === 'sync' && section === 'github') {
    return { cv, ids: readSyncRequest(data).repositories };
  }
  if (action === 'delete') return removeItems(cv, section, readIds(data));
  if (action === 'move') return moveItems(cv, section, data);
  if (action === 'update' && section === 'personalInfo') return writePersonalInfo(cv, data);
  if (action === 'update' || action === 'add') {
    if (section === 'socialMedia') return writeAccounts(cv, action, data);
    if (isList(section)) return writeItems(cv, action, section, data);
  }
  throw unsupported(action, section);
}

/** The request of a `sync`; throws CvError `VALIDATION_FAILED`. */
export function readSyncRequest(data: unknown): GitHubRequest {
  const request = check(githubRequest, data, 'data');
  refuseRepeated(request.repositories);
  return request;
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
