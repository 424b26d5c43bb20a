import type { CvDocument } from './cv-document';
import { networkName, profileUrl } from './networks';

/** An account as it is shown: what the network is called, and where the account is. */
export interface Profile {
  /** By which `socialMedia` has it; undefined for the one that the section `github` tells of. */
  key: string | undefined;
  network: string;
  username: string | undefined;
  url: string | undefined;
  /** The handle, where it is not the username. */
  handle: string | undefined;
  /** What the network counts. */
  counts: Readonly<Record<string, string | number | undefined>>;
}

/** Of each network once; GitHub's is the person's own account, where one is named. */
export function profilesOf({ github, socialMedia }: CvDocument): Profile[] {
  const accounts = Object.entries(socialMedia).map(([key, account]): Profile => {
    const { network, handle, url, ...counts } = account;
    const username = handle?.replace(/^@/, '');
    return {
      key,
      network: network ?? networkName(key),
      username,
      url: url ?? (handle === undefined ? undefined : profileUrl(key, handle)),
      handle: username === handle ? undefined : handle,
      counts,
    };
  });
  if (github === null || accounts.some(({ network }) => network === 'GitHub')) return accounts;
  const { username } = github;
  const url = github.profileUrl ?? profileUrl('github', username);
  return [
    { key: undefined, network: 'GitHub', username, url, handle: undefined, counts: {} },
    ...accounts,
  ];
}
