import { isDeepStrictEqual } from 'node:util';
import { check } from '../changes/check';
import { isKnown, isSameName, networkKey, networkName, profileUrl } from '../networks';
import { omit } from '../omit';
import { shortText } from '../sections/fields';
import {
  account,
  count,
  MAX_KEY,
  networkKeyText,
  type SocialMedia,
} from '../sections/social-media';
import { tidy } from './compare-cvs';
import { at, readFields, type Table } from './read-fields';
import { address, type Fields, isEmpty, isFields, readText, text } from './read-values';
import type { Report } from './report';

type Account = SocialMedia[string];

const PROFILE: Table = {
  network: text(shortText, 'network'),
  username: text(shortText, 'username'),
  url: address('url', 'website'),
};

/** Fields of our own: the CV's key and handle, and what of an account the profile cannot say or only derives. */
const OWN = ['key', 'handle', 'more', 'own'];

/**
 * The accounts that profiles tell of, by network; undefined where nothing of them is understood. Accounts that are in the present CV keep the counts
 * that the file does not have, since most files have none.
 */
export function readProfiles(
  profiles: unknown,
  path: string,
  present: SocialMedia,
  report: Report,
): SocialMedia | undefined {
  if (!Array.isArray(profiles)) {
    report.ignore(path, 'must be a list');
    return undefined;
  }
  const accounts: SocialMedia = {};
  for (const [index, profile] of (profiles as unknown[]).entries()) {
    if (isEmpty(profile) || isRepeated(profiles, index)) continue;
    const place = `${path}[${index}]`;
    if (isFields(profile)) addAccount(accounts, profile, place, report);
    else report.ignore(place, 'must be an object');
  }
  if (Object.keys(accounts).length === 0 && !isEmpty(profiles)) return undefined;
  for (const [key, fields] of Object.entries(accounts)) {
    const known = present[key];
    if (known !== undefined && isSame(key, known, fields)) {
      accounts[key] = check(account, { ...countsOf(known), ...fields }, `${path}.${key}`);
    }
  }
  return accounts;
}

/** Whether the same profile stands before it. */
function isRepeated(profiles: readonly unknown[], index: number): boolean {
  const profile = plainOf(profiles[index]);
  return profiles.slice(0, index).some((other) => isDeepStrictEqual(plainOf(other), profile));
}

function plainOf(profile: unknown): unknown {
  if (!isFields(profile) || typeof profile.network !== 'string') return tidy(profile);
  return tidy({ ...profile, network: networkKey(profile.network) });
}

function addAccount(accounts: SocialMedia, profile: Fields, path: string, report: Report): void {
  const counted = Object.keys(profile).filter((key) => !isNamed(key));
  const read = readFields(profile, path, PROFILE, report, [...OWN, ...counted]) as {
    network?: string;
    username?: string;
    url?: string;
  };
  const network = read.network ?? hostOf(read.url);
  if (network === undefined) {
    report.ignore(path, 'names no network, and has no URL to tell it by');
    return;
  }
  const key = ownKey(accounts, profile, path, report) ?? freeKey(accounts, networkKey(network));
  const own = Array.isArray(profile.own) ? (profile.own as unknown[]) : [];
  const handle = handleOf(profile, read.username, path, report);
  const isDerived = handle !== undefined && read.url === profileUrl(key, handle);
  const fields = {
    ...(isFields(profile.more) && report.fit(account, profile.more, at(path, 'more'))),
    ...(own.includes('network') || !isSameName(networkName(key), network) ? { network } : {}),
    ...(handle !== undefined && { handle }),
    ...(read.url !== undefined && (own.includes('url') || !isDerived) && { url: read.url }),
    ...Object.fromEntries(
      counted.flatMap((name) => {
        if (isEmpty(profile[name])) return [];
        const value = report.fit(count, profile[name], at(path, name));
        return value === undefined ? [] : [[name, value] as const];
      }),
    ),
  };
  accounts[key] = check(account, fields, path);
}

/** What our own files call the account. */
function ownKey(
  accounts: SocialMedia,
  { key }: Fields,
  path: string,
  report: Report,
): string | undefined {
  if (isEmpty(key)) return undefined;
  const given = networkKeyText.safeParse(key).data;
  if (given !== undefined && !Object.hasOwn(accounts, given)) return given;
  const fault = given === undefined ? 'is no key that the CV can have' : 'is given twice';
  report.ignore(at(path, 'key'), `${fault}; the account gets another`);
  return undefined;
}

function isNamed(key: string): boolean {
  return OWN.includes(key) || Object.values(PROFILE).some(({ from }) => from.includes(key));
}

/** With its `@`, where the file's `handle` is the username but for that. */
function handleOf(
  { handle }: Fields,
  username: string | undefined,
  path: string,
  report: Report,
): string | undefined {
  if (isEmpty(handle)) return username;
  const given = readText(shortText, handle, at(path, 'handle'), report);
  if (given === undefined || given === '') return username;
  return given.replace(/^@/, '') === (username ?? '') || username === undefined ? given : username;
}

/** `github` of `https://github.com/octocat`, or the host as a whole where no network has it. */
function hostOf(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const host = new URL(url).hostname.replace(/^www\./, '');
  const label = host.split('.').at(-2) ?? host;
  return isKnown(label) ? label : host;
}

/** Of several accounts on one network: `github`, `github-2`. */
function freeKey(accounts: SocialMedia, key: string): string {
  const cut = key.slice(0, MAX_KEY);
  const plain = networkKeyText.safeParse(cut).success ? cut : 'network';
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? '' : `-${number}`;
    const free = plain.slice(0, MAX_KEY - end.length) + end;
    if (!Object.hasOwn(accounts, free)) return free;
  }
}

function isSame(key: string, one: Account, other: Account): boolean {
  const urlOf = ({ url, handle }: Account): string | undefined =>
    url ?? (handle === undefined ? undefined : profileUrl(key, handle));
  return one.handle?.toLowerCase() === other.handle?.toLowerCase() && urlOf(one) === urlOf(other);
}

function countsOf(fields: Account): Account {
  return omit(fields, 'network', 'handle', 'url');
}
