import { check } from '../changes/check';
import { omit } from '../omit';
import { longText, personName, shortText } from '../sections/fields';
import { personalInfo, type PersonalInfo } from '../sections/personal-info';
import { readFields, type Table } from './read-fields';
import { readPlace } from './read-place';
import { address, type Fields, isEmpty, picture, plainText, text } from './read-values';
import type { Report } from './report';

const PERSON: Table = {
  name: text(personName, 'name'),
  title: text(shortText, 'label', 'headline', 'title'),
  email: {
    from: ['email'],
    read: (value, path, report) =>
      report.fit(personalInfo.shape.email, plainText(value)?.trim() ?? value, path),
  },
  phone: text(shortText, 'phone'),
  website: address('url', 'website'),
  summary: text(longText, 'summary'),
  image: picture('image', 'picture'),
};

/** Who the CV is about, apart from the profiles; undefined where nothing of it is understood. */
export function readBasics(basics: Fields, report: Report): PersonalInfo | undefined {
  const fields = {
    ...readFields(basics, 'basics', PERSON, report, ['location', 'profiles']),
    ...readPlace(basics.location, 'basics.location', report),
  };
  if (isEmpty(fields) && !isEmpty(omit(basics, 'profiles'))) return undefined;
  return check(personalInfo, fields, 'basics');
}
