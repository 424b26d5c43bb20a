import type { CvDocument } from '../cv-document';
import { CvError } from '../errors';
import { type SocialMedia, socialMedia } from '../sections/social-media';
import type { AppliedChange } from './applied-change';
import { check, findId, invalid, refuseRepeated } from './check';

/** Merges accounts into those of their networks (`update`), or takes new ones. */
export function writeAccounts(
  cv: CvDocument,
  action: 'update' | 'add',
  data: unknown,
): AppliedChange {
  const given = check(socialMedia, data, 'data');
  if (Object.keys(given).length === 0) {
    throw invalid([{ path: 'data', message: 'must name at least one network' }]);
  }
  refuseRepeated(Object.keys(given));
  const accounts: SocialMedia = { ...cv.socialMedia };
  const networks = Object.entries(given).map(([spelling, fields]) => {
    const known = findId(Object.keys(accounts), spelling);
    if (action === 'add' && known !== undefined) {
      throw new CvError('ID_EXISTS', `socialMedia has "${known}" already; use update.`, [
        { path: `data.${spelling}`, message: 'exists already' },
      ]);
    }
    const network = known ?? spelling;
    accounts[network] = { ...accounts[network], ...fields };
    return network;
  });
  return { cv: { ...cv, socialMedia: check(socialMedia, accounts, 'data') }, ids: networks };
}
