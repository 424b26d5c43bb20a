import schema from '@jsonresume/schema/schema.json';
import {
  applyChange,
  CvError,
  emptyCv,
  fromJsonResume,
  importResume,
  readCv,
  toJsonResume,
} from '@careerhooks/cv';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { lostLeaves } from '../../../support/lost-leaves';
import { cvs } from './random-cv';
import { foreignFiles } from './random-file';
import browserExtension from './resumes/browser-extension.json';
import portfolioSite from './resumes/portfolio-site.json';
import { fullCv } from '../../../support/full-cv';
import { sampleCv } from '../../../support/sample-cv';

const ajv = new Ajv({ strict: false });
addFormats(ajv);
const validate = ajv.compile(schema);

const plainJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const exported = (cv: ReturnType<typeof emptyCv>): unknown => plainJson(toJsonResume(cv));

function ignoredOf(file: unknown): string[] {
  return fromJsonResume(file).ignored.map(({ path }) => path);
}

test('every CV comes out of its JSON Resume again', () => {
  fc.assert(
    fc.property(cvs, (made) => {
      const cv = readCv(JSON.stringify(made));
      const file = exported(cv);
      const read = fromJsonResume(file);
      expect(read).toMatchObject({ ignored: [], kept: [] });
      expect(readCv(JSON.stringify(read.cv))).toEqual(cv);
      expect(importResume(cv, file).changes).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('whatever stands in a file, it is refused with a reason, or imported once and exported as the schema has it', () => {
  fc.assert(
    fc.property(foreignFiles, (file) => {
      const imported = tried(() => importResume(emptyCv(), plainJson(file)));
      if (imported === undefined) return;
      const cv = readCv(JSON.stringify(imported.cv));
      expect(importResume(cv, plainJson(file)).changes).toEqual([]);
      const again = exported(cv);
      expect(importResume(cv, again)).toMatchObject({ changes: [], ignored: [] });
      validate(again);
      // An address may have letters of any script.
      const wrong = validate.errors?.filter(({ keyword }) => keyword !== 'format');
      expect(wrong ?? []).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

/** Undefined where it is refused. */
function tried<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    expect(error).toBeInstanceOf(CvError);
    return undefined;
  }
}

test.each([
  ['a browser extension that reads LinkedIn', browserExtension, ['certificates[0].endDate']],
  [
    'a portfolio site',
    portfolioSite,
    [
      'basics.blog',
      'basics.yearsOfExperience',
      'basics.id',
      'basics.username',
      'basics.locationAsString',
      'education[0].description',
      'skills[0].rating',
      'skills[0].yearsOfExperience',
      'projects[0].languages',
      'projects[0].githubUrl',
      'meta.theme',
    ],
  ],
])('what %s writes is imported whole, and once', (_, file, notTaken) => {
  const imported = importResume(emptyCv(), file);
  expect(imported.ignored.map(({ path }) => path)).toEqual(notTaken);
  const cv = readCv(JSON.stringify(imported.cv));
  const again = exported(cv);
  validate(again);
  expect(validate.errors ?? []).toEqual([]);
  const lost = lostLeaves(file, again).map(({ path }) => path);
  // Read as: a place in one line, a list, a list, and texts for objects.
  expect(
    lost.filter((path) => !/^work\[0\]\.location|^skills\[1\]\.keywords|^interests/.test(path)),
  ).toEqual([]);
  for (const same of [file, again]) expect(importResume(cv, same).changes).toEqual([]);
});

test('what a file says otherwise than the schema is read as what it means', () => {
  const { cv } = fromJsonResume(portfolioSite);
  expect(cv).toMatchObject({
    personalInfo: { location: 'Toronto, Canada', website: 'https://sam.example.com' },
    workExperience: [
      {
        location: 'Toronto, Canada',
        url: 'https://contoso.example.com',
        startDate: '2019-01-01',
        endDate: 'Present',
        achievements: ['Shipped', 'Slept'],
      },
    ],
    education: [{ score: '3.9' }],
    skills: [
      { category: 'TypeScript', level: 'Advanced' },
      { category: 'Go', skills: [{ name: 'goroutines' }, { name: 'channels' }] },
    ],
    interests: [{ name: 'Chess' }, { name: 'Rowing' }],
    socialMedia: {
      github: { handle: 'sam-example' },
      'github-2': { network: 'GitHub', handle: 'sam-at-work' },
      stackoverflow: { handle: 'sam', url: 'https://stackoverflow.com/users/1/sam' },
    },
  });
  expect(cv.socialMedia.github).not.toHaveProperty('url');
});

test.each([
  ['2018', '2018'],
  [2018, '2018'],
  ['2018-1', '2018-01'],
  ['2018-00-00', '2018'],
  ['2018-05-00', '2018-05'],
  ['2018-05-31T22:00:00.000Z', '2018-05-31'],
  ['2018-05-31 00:00', '2018-05-31'],
  ['2018-05-31T22:00:00.123+02:00', '2018-05-31'],
  ['2018-05-31 10:00:00 PM UTC', '2018-05-31'],
  ['2018/05/31', '2018-05-31'],
  ['05/2018', '2018-05'],
  ['Jan 2018', '2018-01'],
  ['Sept. 2018', '2018-09'],
  ['January, 2018', '2018-01'],
  ['31 Jan 2018', '2018-01-31'],
  ['January 31st, 2018', '2018-01-31'],
  ['2018-W05', '2018-01-29'],
  ['2020-W53-7', '2021-01-03'],
  [{ year: 2018, month: 5, day: null }, '2018-05'],
])('the date %j is %s', (given, date) => {
  expect(fromJsonResume({ awards: [{ title: 'x', date: given }] })).toMatchObject({
    cv: { awards: [{ date }] },
    ignored: [],
  });
});

test.each([
  '2018-02-31',
  '01/02/2018',
  'Spring 2019',
  '2018-13',
  'Foo 2018',
  '0800',
  true,
  '2018-W60',
  '2018-01-01 garbage',
])('the date %j is told as not understood, and the rest is taken', (date) => {
  const { cv, ignored } = fromJsonResume({ awards: [{ title: 'x', date }] });
  expect(cv.awards).toEqual([{ id: 'x', title: 'x' }]);
  expect(ignored).toEqual([
    { path: 'awards[0].date', reason: expect.stringMatching(/dat|calendar/) },
  ]);
});

test.each(['Present', 'present', ' Now', 'current', 'Ongoing'])(
  '%s goes on until today',
  (endDate) => {
    expect(fromJsonResume({ work: [{ name: 'x', endDate }] }).cv.workExperience).toMatchObject([
      { endDate: 'Present' },
    ]);
  },
);

test.each([
  ['example.com', 'https://example.com'],
  ['www.example.com/a?b', 'https://www.example.com/a?b'],
  ['//example.com/a', 'https://example.com/a'],
  ['example.com:8080', 'https://example.com:8080'],
  ['http://example.com', 'http://example.com'],
])('the address %s is %s', (website, url) => {
  expect(fromJsonResume({ basics: { website } }).cv.personalInfo).toEqual({ website: url });
});

test.each([
  'javascript:alert(1)',
  'mailto:alex@example.com',
  'my site',
  'ftp://example.com',
  '/here',
  'localhost',
])('%s is no address of a site', (url) => {
  expect(fromJsonResume({ basics: { url } })).toMatchObject({
    cv: { personalInfo: {} },
    ignored: [{ path: 'basics.url' }],
  });
});

test('texts stand for lists, and lists for texts', () => {
  const { cv, ignored } = fromJsonResume({
    work: [
      {
        name: 'x',
        summary: ['One.', 'Two.'],
        highlights: '- Did this\n• And, that',
        keywords: 'Go; SQL, C',
      },
    ],
    education: { institution: 'Only One', courses: 'Maps, Rocks' },
  });
  expect(ignored).toEqual([]);
  expect(cv).toMatchObject({
    workExperience: [
      {
        summary: 'One.\nTwo.',
        achievements: ['Did this', 'And, that'],
        technologies: ['Go', 'SQL', 'C'],
      },
    ],
    education: [{ courses: ['Maps', 'Rocks'] }],
  });
});

test('what is not understood is told by its path, and nothing of it is kept', () => {
  expect(
    ignoredOf({
      basics: {
        name: { first: 'A' },
        age: 3,
        location: { planet: 'x' },
        profiles: [{ followers: [1] }, 7],
      },
      work: [{ foo: 1, name: 'x', highlights: ['a', { b: 1 }] }, 5],
      awards: 'many',
      coverLetter: 'Dear all',
      meta: { deep: { er: 1 } },
    }),
  ).toEqual([
    'basics.name',
    'basics.age',
    'basics.location.planet',
    'basics.profiles[0]',
    'basics.profiles[1]',
    'work[1]',
    'work[0].highlights[1]',
    'work[0].foo',
    'awards',
    'meta.deep',
    'coverLetter',
  ]);
});

test('a text that is too long is refused with its path, and so is a file of something else', () => {
  const refused = (file: unknown): CvError => refusal(() => fromJsonResume(file));
  const long = { basics: { summary: 'x'.repeat(20_001) }, work: [{ name: 'y'.repeat(501) }] };
  expect(refused(long).issues.map(({ path }) => path)).toEqual(['basics.summary', 'work[0].name']);
  for (const other of [null, [], 'x', {}, { name: 'x' }]) {
    expect(refused(other)).toMatchObject({ code: 'VALIDATION_FAILED' });
  }
  const items = Array.from({ length: 201 }, (_, index) => ({ name: `n${index}` }));
  expect(refused({ interests: items }).code).toBe('CV_TOO_LARGE');
});

const refusal = (work: () => unknown): CvError => {
  try {
    work();
  } catch (error) {
    return error as CvError;
  }
  throw new Error('It was not refused.');
};

test.each([
  [{ countryCode: 'Poland' }, { countryCode: 'PL' }, 'Warsaw, Poland'],
  [{ countryCode: 'united kingdom' }, { countryCode: 'GB' }, 'Warsaw, United Kingdom'],
  [{ countryCode: 'pl' }, { countryCode: 'PL' }, 'Warsaw, Poland'],
  [{ countryCode: 'Narnia' }, { region: 'Narnia' }, 'Warsaw, Narnia'],
  [
    { region: 'Mazovia', countryCode: 'Polska' },
    { region: 'Mazovia, Polska' },
    'Warsaw, Mazovia, Polska',
  ],
])(
  'a CV from before with the country %j is exported with a code, and comes back',
  (given, parts, line) => {
    const address = { address: '1 Main St', city: 'Warsaw', ...given };
    const stored = { ...emptyCv(), personalInfo: { location: line, address } };
    const cv = readCv(JSON.stringify(stored));
    expect(cv.personalInfo).toEqual({
      location: line,
      address: { address: '1 Main St', city: 'Warsaw', ...parts },
    });
    expect(importResume(cv, exported(cv))).toMatchObject({ changes: [], ignored: [] });
    const { city, ...own } = address;
    const foreign = fromJsonResume({ basics: { location: { ...own, city } } });
    expect(foreign.cv.personalInfo.address).toEqual(cv.personalInfo.address);
    const isCountry = 'countryCode' in parts;
    expect(foreign.ignored.map(({ path }) => path)).toEqual(
      isCountry ? [] : ['basics.location.countryCode'],
    );
  },
);

test("a webhook's country is kept as a code, and what is none is refused", () => {
  const write = (countryCode: string) =>
    applyChange(emptyCv(), {
      action: 'update',
      section: 'personalInfo',
      data: { address: { countryCode } },
    }).cv.personalInfo;
  for (const given of ['DE', 'de', 'Germany']) {
    expect(write(given)).toMatchObject({ location: 'Germany', address: { countryCode: 'DE' } });
  }
  expect(refusal(() => write('Narnia')).issues).toEqual([
    { path: 'data.address.countryCode', message: expect.stringContaining('two letters') },
  ]);
});

test('the longest keys and handles of accounts come back, and a longer handle is refused', () => {
  const long = 'k'.repeat(50);
  const socialMedia = {
    [long]: { handle: `@${'h'.repeat(499)}` },
    [`${long.slice(1)}.`]: { posts: 1 },
  };
  const cv = applyChange(emptyCv(), {
    action: 'add',
    section: 'socialMedia',
    data: socialMedia,
  }).cv;
  expect(fromJsonResume(exported(cv)).cv.socialMedia).toEqual(socialMedia);
  const same = { network: 'n'.repeat(60), username: 'x' };
  const { cv: read } = fromJsonResume({ basics: { profiles: [same, { ...same, username: 'y' }] } });
  expect(Object.keys(read.socialMedia)).toEqual(['n'.repeat(50), `${'n'.repeat(48)}-2`]);
  expect(importResume(read, exported(read)).changes).toEqual([]);
  const profiles = [{ network: 'X', username: 'x'.repeat(500), handle: `@${'x'.repeat(500)}` }];
  const { issues } = refusal(() => fromJsonResume({ basics: { profiles } }));
  expect(issues.map(({ path }) => path)).toEqual(['basics.profiles[0].handle']);
});

test('an account that later changes could not pass is refused with its path', () => {
  const counts = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`count${index}`, 1]));
  const profiles = [{ network: 'X', username: 'x', ...counts }];
  const { issues } = refusal(() => fromJsonResume({ basics: { profiles } }));
  expect(issues).toEqual([{ path: 'basics.profiles[0]', message: 'must have at most 20 fields' }]);
});

test('no account takes the place of another with its key, or none at all', () => {
  const profiles = [
    { network: 'GitHub', username: 'one' },
    { key: 'github', network: 'GitHub', username: 'two' },
    { network: '__proto__', username: 'three' },
  ];
  const { cv, ignored } = fromJsonResume({ basics: { profiles } });
  expect(Object.entries(cv.socialMedia)).toMatchObject([
    ['github', { handle: 'one' }],
    ['github-2', { handle: 'two' }],
    ['network', { network: '__proto__', handle: 'three' }],
  ]);
  expect(ignored).toMatchObject([{ path: 'basics.profiles[1].key' }]);
});

test.each([
  ['work', 'y', 'work'],
  ['work', 5, 'work'],
  ['work', true, 'work'],
  ['work', '', 'work'],
  ['work', [5, true], 'work[0]'],
  ['work', [{ foo: 1 }], 'work[0].foo'],
  ['skills', 'many', 'skills'],
  ['projects', 'many', 'projects'],
  ['certifications', 'many', 'certifications'],
  ['basics', 'x', 'basics'],
  ['basics', { foo: 1 }, 'basics.foo'],
  ['basics', { profiles: 'x' }, 'basics.profiles'],
  ['basics', { profiles: [7] }, 'basics.profiles[0]'],
  ['profiles', 'x', 'profiles'],
  ['meta', 'x', 'meta'],
])('what is not understood, %s of %j, is told, and leaves the CV as it is', (key, value, path) => {
  const present = { ...fullCv(), personalInfo: {}, arranged: ['skills' as const] };
  const { changes, ignored } = importResume(present, { awards: [], [key]: value });
  expect(changes.map(({ section }) => section)).toEqual(['awards']);
  expect(ignored[0]?.path).toBe(path);
  expect(ignored).toEqual(importResume(present, { awards: [], [key]: value }).ignored);
});

test('who the CV is about stays where nothing of it is understood', () => {
  const { cv, kept } = fromJsonResume({ basics: { name: { first: 'A' } } }, sampleCv());
  expect(cv.personalInfo).toEqual(sampleCv().personalInfo);
  expect(kept).toContain('personalInfo');
});

test('lists of which the file says nothing stay arranged, and those that it has are newest first', () => {
  const awards = [
    { id: 'old', title: 'Old', date: '2001' },
    { id: 'new', title: 'New', date: '2020' },
  ];
  const present = readCv(
    JSON.stringify({
      ...emptyCv(),
      awards,
      certificates: awards.map(({ title, ...item }) => ({ name: title, ...item })),
      arranged: ['certificates', 'awards'],
    }),
  );
  const file = { awards: awards.map(({ title, date }) => ({ title, date })) };
  for (const meta of [undefined, { version: 'v1.0.0' }]) {
    const { cv } = importResume(present, { ...file, meta });
    expect(cv.arranged).toEqual(['certificates']);
    expect(cv.awards.map(({ id }) => id)).toEqual(['new', 'old']);
    expect(cv.certificates.map(({ id }) => id)).toEqual(['old', 'new']);
  }
});

test('skills that read the same come back as they are', () => {
  const skills = [
    { name: 'Go', level: 'Expert' },
    { name: 'Go (Expert)' },
    { name: 'Go', level: 'Expert' },
  ];
  const cv = { ...emptyCv(), skills: [{ id: 'code', category: 'Code', skills }] };
  expect(fromJsonResume(exported(cv)).cv.skills).toEqual(cv.skills);
});

test('a place that is longer than a line is refused, as of a webhook', () => {
  const location = { city: 'c'.repeat(300), region: 'r'.repeat(300) };
  const { issues } = refusal(() => fromJsonResume({ basics: { location } }));
  expect(issues.map(({ path }) => path)).toEqual(['basics.location']);
});

test("what a place or an end has beside the CV's is told", () => {
  const work = [
    { name: 'x', location: { city: 'Bonn', country: 'Germany', postalCode: '53111', foo: 1 } },
    { name: 'y', startDate: '2018', endDate: '2019', current: true },
    { name: 'z\u0001', startDate: '2010', current: false },
  ];
  const { cv, ignored } = fromJsonResume({ work });
  expect(cv.workExperience).toMatchObject([
    { company: 'z' },
    { company: 'y', endDate: '2019' },
    { location: 'Bonn, Germany' },
  ]);
  expect(ignored.map(({ path }) => path)).toEqual([
    'work[0].location.foo',
    'work[0].location.postalCode',
    'work[1].current',
    'work[2].name',
  ]);
});

test('a profile that is given twice is one account', () => {
  const [a, b] = ['a', 'b'].map((username) => ({ network: 'GitHub', username }));
  const profiles = [a, b, { username: 'a', network: 'github', url: '' }, b];
  expect(fromJsonResume({ basics: { profiles } })).toMatchObject({ ignored: [] });
  const { socialMedia } = fromJsonResume({ basics: { profiles } }).cv;
  expect(Object.keys(socialMedia)).toEqual(['github', 'github-2']);
});

test('another order of repositories is a change, whatever they are called', () => {
  const repository = (name: string) => ({
    name,
    description: null,
    stars: 0,
    languages: [],
    topics: [],
    pushedAt: null,
    url: `https://github.com/ada/${name}`,
  });
  const of = (...names: string[]) => ({
    ...emptyCv(),
    github: { username: 'ada', repositories: names.map(repository) },
  });
  expect(importResume(of('1', '2'), exported(of('2', '1'))).changes).toMatchObject([
    { section: 'github', reordered: true },
  ]);
});

test('sections that a file does not have stay, and those that it has empty are emptied', () => {
  const present = sampleCv();
  const { cv, kept } = fromJsonResume(
    { basics: { name: 'Only' }, skills: [], projects: [] },
    present,
  );
  expect(cv).toMatchObject({
    personalInfo: { name: 'Only' },
    workExperience: present.workExperience,
    skills: [],
    projects: [],
    github: present.github,
    socialMedia: present.socialMedia,
  });
  expect(cv.personalInfo).not.toHaveProperty('title');
  expect(kept).toEqual(expect.arrayContaining(['socialMedia', 'workExperience', 'education']));
  expect(kept).not.toContain('skills');
});

test('accounts keep the counts that a file does not have', () => {
  const profiles = [
    { network: 'YouTube', username: 'handle' },
    { network: 'Instagram', username: 'somebody-else' },
  ];
  const present = {
    ...sampleCv(),
    socialMedia: { ...sampleCv().socialMedia, youtube: { handle: 'handle', videos: 3 } },
  };
  expect(fromJsonResume({ basics: { profiles } }, present).cv.socialMedia).toEqual({
    youtube: { handle: 'handle', videos: 3 },
    instagram: { handle: 'somebody-else' },
  });
});

test('items get ids that say what they are, each its own', () => {
  const { cv } = fromJsonResume({
    work: [
      { id: 'mine', name: 'Acme', startDate: '2020' },
      { name: 'Acme', position: 'Senior Engineer', startDate: '2018-03' },
      { name: 'Acme', position: 'Senior Engineer', startDate: '2018-09' },
      { name: 'Łódź & Søn', startDate: '2010' },
      { id: 'not an id', name: '東京', startDate: '2009' },
      { id: 'MINE', position: 'Again', startDate: '2008' },
      { summary: 'Neither', startDate: '2007' },
    ],
  });
  expect(cv.workExperience.map(({ id }) => id)).toEqual([
    'mine',
    'acme-senior-engineer-2018-2',
    'acme-senior-engineer-2018',
    'lodz-son-2010',
    expect.stringMatching(/^work-[0-9a-f]{8}-2009$/),
    'again-2008',
    'work-2007',
  ]);
});

test('an item that is the same thing has the id that the CV has for it, also of two that are alike', () => {
  const work = [
    { name: 'Acme', position: 'Engineer', startDate: '2018', endDate: '2019' },
    { name: 'Acme', position: 'Engineer', startDate: '2018', endDate: '2020' },
  ];
  const present = applyChange(emptyCv(), {
    action: 'add',
    section: 'workExperience',
    data: { id: 'job-1', position: 'Engineer', company: 'ACME', startDate: '2018-04' },
  }).cv;
  const first = readCv(JSON.stringify(importResume(present, { work }).cv));
  expect(first.workExperience.map(({ id }) => id).sort()).toEqual(['acme-engineer-2018', 'job-1']);
  expect(importResume(first, { work }).changes).toEqual([]);
  expect(importResume(first, { work: work.slice().reverse() }).changes).toEqual([]);
});

test('a file of ours that somebody has changed says what they have changed', () => {
  const file = exported(sampleCv()) as {
    work: { highlights: string[] }[];
    skills: { keywords: string[] }[];
    projects: { name: string; description: string }[];
  };
  file.work[0]?.highlights.splice(1, 1);
  file.skills[0]?.keywords.push('Krita');
  const repository = file.projects.find(({ name }) => name === 'SlotMachine');
  if (repository) repository.description = 'My own words';
  const { cv, ignored } = fromJsonResume(file, sampleCv());
  expect(cv).toMatchObject({
    workExperience: [
      {
        responsibilities: ['Create 3D models and animations'],
        achievements: ['Completed 150+ projects', 'Generated $2.5M+ in approvals'],
      },
    ],
    skills: [
      {
        skills: [
          { name: 'Blender', level: 'Expert', years: 6 },
          { name: 'Unreal Engine' },
          { name: 'Krita' },
        ],
      },
    ],
    github: { username: 'octocat', repositories: [{ name: 'portfolio3.0' }, { name: 'just_cv' }] },
  });
  expect(cv.projects).toContainEqual(
    expect.objectContaining({
      name: 'SlotMachine',
      description: 'My own words',
      type: 'repository',
    }),
  );
  expect(ignored.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['work[0].responsibilities[1]', 'projects[1].repository']),
  );
});
