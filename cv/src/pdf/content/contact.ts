import type { CvDocument } from '../../cv-document';
import { networkName, profileUrl } from '../../networks';
import type { PersonalInfo } from '../../sections/personal-info';
import { lineOf } from '../../sections/place';
import { mailItem, phoneItem, webItem } from './address';
import type { Item } from './content';
import { joined } from './words';

type Account = CvDocument['socialMedia'][string];

/** How the person is reached, and where on the web they are. */
export function contactOf(cv: CvDocument): Item[] {
  const { email, phone, website } = cv.personalInfo;
  const place = placeOf(cv.personalInfo);
  return [
    ...(email === undefined || email === '' ? [] : [mailItem(email)]),
    ...(phone === undefined || phone === '' ? [] : [phoneItem(phone)]),
    ...(place === '' ? [] : [{ text: place }]),
    ...(website === undefined || website === '' ? [] : [webItem(website)]),
    ...profilesOf(cv),
  ];
}

function placeOf({ location, address = {} }: PersonalInfo): string {
  const place = joined([address.postalCode, location ?? lineOf(address)], ' ');
  return joined([address.address, place], ', ');
}

function profilesOf({ github, socialMedia }: CvDocument): Item[] {
  const accounts = Object.entries(socialMedia);
  const named = accounts.some(([key, account]) => nameOf(key, account) === 'GitHub');
  const own = named ? undefined : githubProfile(github);
  return [
    ...(own === undefined ? [] : [webItem(own)]),
    ...accounts.flatMap(([key, account]) => profileItem(key, account) ?? []),
  ];
}

/** The account's page, on github.com where no other host is named. */
export function githubProfile(github: CvDocument['github']): string | undefined {
  return github === null ? undefined : (github.profileUrl ?? profileUrl('github', github.username));
}

function profileItem(key: string, account: Account): Item | undefined {
  const url = addressOf(key, account);
  if (url !== undefined) return webItem(url);
  const { handle } = account;
  if (handle === undefined || handle === '') return undefined;
  return { text: `${nameOf(key, account)}: ${handle}` };
}

/** What a network is called. */
export function nameOf(key: string, account: Account): string {
  return account.network ?? networkName(key);
}

/** Where an account is, if it says so or its network is known. */
export function addressOf(key: string, { url, handle }: Account): string | undefined {
  return url ?? (handle === undefined ? undefined : profileUrl(key, handle));
}
