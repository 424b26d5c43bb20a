import fc from 'fast-check';

const text = fc.constantFrom(
  'Acme',
  'acme',
  ' ',
  '東京',
  'a, b',
  'x\u0000y',
  'example.com',
  'https://example.com/a',
  'alex@example.com',
  '2018',
  '2018-03',
  'Mar 2019',
  '2018-02-31',
  'Present',
  'GitHub',
  '@octocat',
  'octocat',
  '__proto__x',
);
const scalar = fc.oneof(text, fc.constantFrom(null, '', 0, 3.9, 2018, true, false));
const value = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 2, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

const FIELDS = [
  'id',
  'name',
  'company',
  'position',
  'url',
  'website',
  'startDate',
  'endDate',
  'date',
  'releaseDate',
  'summary',
  'description',
  'location',
  'highlights',
  'responsibilities',
  'keywords',
  'skills',
  'level',
  'own',
  'language',
  'title',
  'institution',
  'organization',
  'reference',
  'roles',
  'type',
  'repository',
  'current',
  'courses',
  'foo',
];

function some(names: readonly string[], maxKeys: number, part: fc.Arbitrary<unknown>) {
  return fc.dictionary(fc.constantFrom(...names), part, { maxKeys });
}

const items = fc.oneof(
  { weight: 8, arbitrary: fc.array(some(FIELDS, 8, value), { maxLength: 4 }) },
  { weight: 1, arbitrary: value },
);
const PROFILE = [
  'network',
  'username',
  'url',
  'handle',
  'key',
  'more',
  'own',
  'followers',
  'website',
];
const BASICS = [
  'name',
  'label',
  'email',
  'phone',
  'url',
  'website',
  'summary',
  'image',
  'picture',
  'foo',
];
const PLACE = ['city', 'region', 'countryCode', 'country', 'address', 'postalCode', 'line', 'own'];
const basics = fc
  .tuple(
    some(BASICS, 8, value),
    fc.oneof(some(PLACE, 5, value), value),
    fc.oneof(fc.array(some(PROFILE, 6, value), { maxLength: 4 }), value),
  )
  .map(([fields, location, profiles]) => ({ ...fields, location, profiles }));

const LISTS = [
  'work',
  'education',
  'skills',
  'projects',
  'languages',
  'certificates',
  'awards',
  'publications',
  'volunteer',
  'interests',
  'references',
  'meta',
  'foo',
];

/** Files that nobody has written: the fields of the schema, ours and others, with values of any kind. */
export const foreignFiles = fc
  .tuple(basics, some(LISTS, 6, items))
  .map(([person, lists]) => ({ basics: person, ...lists }));
