import { applyChange, applySync, type CvDocument, emptyCv } from '@careerhooks/cv';
import fc from 'fast-check';

/** Texts as people write them, with what is awkward in lists and keywords. */
const word = fc
  .oneof(
    fc.constantFrom(
      'Acme',
      'Senior Engineer',
      'Łódź',
      '東京',
      'C++',
      'a, b; c',
      '- x',
      'Present',
      '2018',
    ),
    fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
  )
  .filter((text) => /^[^\u0000-\u001f\u007f]+$/.test(text)); // eslint-disable-line no-control-regex
const id = fc.stringMatching(/^[\w.:@-]{1,12}$/);
const day = fc.constantFrom('2015', '2016-02', '2016-02-29', '2018-12-31', '2019');
const lastDay = fc.oneof(day, fc.constant('Present'));
const url = fc.constantFrom(
  'https://example.com',
  'http://www.example.com/a?b=c',
  'https://github.com/octocat',
);
const texts = fc.array(word, { maxLength: 3 });

/** Each field may be left out. */
function some<Fields>(model: { [Key in keyof Fields]: fc.Arbitrary<Fields[Key]> }) {
  return fc.record(model, { requiredKeys: [] });
}

function items(
  titles: Record<string, fc.Arbitrary<unknown>>,
  rest: Record<string, fc.Arbitrary<unknown>>,
) {
  const item = fc
    .tuple(fc.record({ id, ...titles }), some(rest))
    .map(([own, other]) => ({ ...own, ...other }));
  return fc.uniqueArray(item, {
    maxLength: 3,
    selector: (entry) => entry.id.toLowerCase(),
  });
}

const period = { startDate: day, endDate: lastDay };
const skill = fc
  .tuple(
    fc.record({ name: word }),
    some({ level: fc.constantFrom('Expert', 'Basic'), years: fc.nat(9) }),
  )
  .map(([own, other]) => ({ ...own, ...other }));

const lists = {
  workExperience: items(
    { position: word, company: word },
    {
      ...period,
      description: word,
      location: word,
      url,
      summary: word,
      responsibilities: texts,
      achievements: texts,
      technologies: texts,
    },
  ),
  education: items(
    { institution: word },
    { ...period, url, area: word, studyType: word, score: word, courses: texts },
  ),
  skills: items(
    { category: word },
    { level: fc.constantFrom('Expert', 'Good'), skills: fc.array(skill, { maxLength: 3 }) },
  ),
  projects: items(
    { name: word },
    {
      ...period,
      description: word,
      summary: word,
      technologies: texts,
      achievements: texts,
      url,
      roles: texts,
      entity: word,
      type: fc.constantFrom('repository', 'talk'),
    },
  ),
  languages: items({ language: word }, { fluency: word }),
  certificates: items({ name: word }, { date: day, issuer: word, url }),
  awards: items({ title: word }, { date: day, awarder: word, summary: word }),
  publications: items({ name: word }, { publisher: word, releaseDate: day, url, summary: word }),
  volunteer: items(
    { organization: word },
    { ...period, position: word, url, summary: word, highlights: texts },
  ),
  interests: items({ name: word }, { keywords: texts }),
  references: items({ name: word }, { reference: word }),
};

const place = fc.oneof(
  fc.constantFrom({ city: 'Warsaw' }, { city: 'Warsaw', countryCode: 'PL' }),
  some({
    address: word,
    postalCode: word,
    city: fc.constantFrom('Warsaw', 'Łódź'),
    region: word,
    countryCode: fc.constantFrom('PL', 'US', 'XX'),
  }),
);

const person = some({
  name: word,
  title: word,
  email: fc.constant('alex@example.com'),
  phone: word,
  location: fc.oneof(word, fc.constantFrom('Warsaw, Poland', 'Austin, Texas, United States')),
  address: place,
  summary: word,
  website: url,
  image: url,
});

const network = fc.constantFrom(
  'github',
  'GitHub',
  'linkedin',
  'stack-overflow',
  'youtube',
  'my.net',
  'X',
);
const account = some({
  network: fc.constantFrom('GitHub', 'LinkedIn', 'My Net'),
  handle: fc.constantFrom('octocat', '@octocat', '@user@example.com', 'two words'),
  url,
  followers: fc.nat(),
  username: word,
  more: word,
  note: word,
});
const accounts = fc
  .uniqueArray(fc.tuple(network, account), { maxLength: 4, selector: ([key]) => key.toLowerCase() })
  .map((entries) => Object.fromEntries(entries));

const repository = fc
  .tuple(
    fc.constantFrom('one', 'Two', 'three.js'),
    fc.record({
      description: fc.option(word),
      stars: fc.nat(),
      languages: texts,
      topics: texts,
      pushedAt: fc.constant('2024-11-14T10:05:00Z'),
      owner: fc.constantFrom('octocat', 'somebody-else'),
      archived: fc.boolean(),
    }),
  )
  .map(([name, facts]) => ({ name, ...facts, url: `https://github.com/octocat/${name}` }));
const github = fc.option(
  fc.record({
    username: fc.constantFrom('octocat', 'other'),
    profileUrl: fc.constantFrom('https://github.com/octocat', 'https://git.example.com/octocat'),
    repositories: fc.uniqueArray(repository, { maxLength: 3, selector: ({ name }) => name }),
  }),
);

/** CVs that changes have made, some of their lists arranged by hand. */
export const cvs: fc.Arbitrary<CvDocument> = fc
  .record({
    ...lists,
    person,
    accounts,
    github,
    arranged: fc.subarray(['workExperience', 'skills', 'awards'] as const),
  })
  .map(({ person: personalInfo, accounts: socialMedia, github: synced, arranged, ...rest }) => {
    const changes = [
      { action: 'update', section: 'personalInfo', data: personalInfo },
      ...Object.entries(rest).map(([section, data]) => ({ action: 'add', section, data })),
      ...(Object.keys(socialMedia).length > 0
        ? [{ action: 'add', section: 'socialMedia', data: socialMedia }]
        : []),
      ...arranged.map((section) => ({
        action: 'move',
        section,
        data: { ids: rest[section].map((item) => item.id).reverse() },
      })),
    ].filter(({ data }) => !isNothing(data));
    const cv = changes.reduce((made, change) => applyChange(made, change).cv, emptyCv());
    return synced === null ? cv : applySync(cv, synced).cv;
  });

function isNothing(data: unknown): boolean {
  const list = typeof data === 'object' && data !== null && 'ids' in data ? data.ids : data;
  return Array.isArray(list) && list.length === 0;
}
