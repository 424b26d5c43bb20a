import type { CvDocument } from '../../cv-document';
import type { Repository } from '../../sections/github';
import { type SkillCategory, skillInWords } from '../../sections/skills';
import { shownAddress } from '../../sections/uri';
import { webItem } from './address';
import { addressOf, nameOf } from './contact';
import type { Part, Row } from './content';
import { counted, joined } from './words';

type Account = CvDocument['socialMedia'][string];

export function skillRow({ category, level, skills = [] }: SkillCategory): Row {
  const label = level === undefined ? category : `${category} (${level})`;
  return { label: { text: label }, text: skills.map(skillInWords).join(', ') };
}

export function repositoryRow(repository: Repository): Row {
  const { name, description, languages, stars, url, archived = false, fork = false } = repository;
  const facts = [
    languages.slice(0, 4).join(', '),
    stars === 0 ? '' : counted(stars, 'star'),
    fork ? 'fork' : '',
    archived ? 'archived' : '',
  ];
  const text = joined([description ?? '', joined(facts, ' · ')], ' — ');
  return { label: webItem(url, name), text };
}

/** What an account says beyond the address, which stands in the header. */
export function accountRows(socialMedia: CvDocument['socialMedia']): Row[] {
  return Object.entries(socialMedia).flatMap(([key, account]) => {
    const facts = Object.entries(account).flatMap(([what, value]) =>
      ['network', 'handle', 'url'].includes(what) ? [] : factOf(what, value),
    );
    if (facts.length === 0 && isInHeader(key, account)) return [];
    return [
      { label: { text: nameOf(key, account) }, text: joined([account.handle, ...facts], ' · ') },
    ];
  });
}

function factOf(what: string, value: string | number | undefined): string[] {
  if (value === undefined) return [];
  return [
    typeof value === 'number' ? `${value.toLocaleString('en-GB')} ${what}` : `${what}: ${value}`,
  ];
}

function isInHeader(key: string, account: Account): boolean {
  const { handle = '' } = account;
  const address = addressOf(key, account);
  return address === undefined
    ? handle !== ''
    : shownAddress(address).includes(handle.replace(/^@/, ''));
}

export function languageParts(languages: CvDocument['languages']): Part[] {
  return list(
    languages.map(({ language, fluency }) =>
      fluency === undefined ? language : `${language} (${fluency})`,
    ),
  );
}

/** In rows where one of them has keywords. */
export function interestParts(interests: CvDocument['interests']): Part[] {
  if (interests.every(({ keywords = [] }) => keywords.length === 0)) {
    return list(interests.map(({ name }) => name));
  }
  const rows = interests.map(({ name, keywords = [] }) => ({
    label: { text: name },
    text: keywords.join(', '),
  }));
  return [{ type: 'rows', rows }];
}

function list(names: readonly string[]): Part[] {
  return names.length === 0 ? [] : [{ type: 'paragraph', text: names.join(', ') }];
}
