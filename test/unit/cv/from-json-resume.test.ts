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
import { lostLeaves } from '../../support/lost-leaves';
import { cvs } from './random-cv';
import { foreignFiles } from './random-file';
import browserExtension from './resumes/browser-extension.json';
import portfolioSite from './resumes/portfolio-site.json';
import { sampleCv } from './sample-cv';

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
  const refusal = (file: unknown): CvError => {
    try {
      fromJsonResume(file);
    } catch (error) {
      return error as CvError;
    }
    throw new Error('It was not refused.');
  };
  const long = { basics: { summary: 'x'.repeat(20_001) }, work: [{ name: 'y'.repeat(501) }] };
  expect(refusal(long).issues.map(({ path }) => path)).toEqual(['basics.summary', 'work[0].name']);
  for (const other of [null, [], 'x', {}, { name: 'x' }]) {
    expect(refusal(other)).toMatchObject({ code: 'VALIDATION_FAILED' });
  }
  const items = Array.from({ length: 201 }, (_, index) => ({ name: `n${index}` }));
  expect(refusal({ interests: items }).code).toBe('CV_TOO_LARGE');
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
