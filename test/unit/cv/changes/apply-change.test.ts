import { applyChange, CvError, emptyCv } from '@careerhooks/cv';
import { OPERATIONS, sampleCv } from '../../../support/sample-cv';

function refusal(change: Parameters<typeof applyChange>[1], cv = sampleCv()): CvError {
  try {
    applyChange(cv, change);
  } catch (error) {
    if (error instanceof CvError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

test.each(OPERATIONS.map((change) => [`${change.action} ${change.section}`, change] as const))(
  'the documented operation "%s" applies as printed',
  (_, change) => {
    const { cv } = applyChange(emptyCv(), change);
    if (change.section === 'github') expect(cv).toEqual(emptyCv());
    else if (change.section === 'projects') expect(cv.projects).toEqual([change.data]);
    else expect(cv[change.section]).toEqual(change.data);
  },
);

test('an update of personalInfo merges the given fields', () => {
  const { cv, ids } = applyChange(sampleCv(), {
    action: 'update',
    section: 'personalInfo',
    data: { title: 'Artist' },
  });
  expect(cv.personalInfo).toMatchObject({ name: 'Name Surname', title: 'Artist' });
  expect(ids).toEqual([]);
});

test('an update of a list merges known items by field, and adds unknown ones', () => {
  const before = sampleCv();
  const { cv, ids } = applyChange(before, {
    action: 'update',
    section: 'workExperience',
    data: [
      { id: 'job-1', company: 'Studio' },
      { id: 'job-2', position: 'Artist', company: 'Other' },
    ],
  });
  expect(ids).toEqual(['job-1', 'job-2']);
  expect(cv.workExperience).toEqual([
    { ...before.workExperience[0], company: 'Studio' },
    { id: 'job-2', position: 'Artist', company: 'Other' },
  ]);
  expect(before).toEqual(sampleCv());
});

test('an unknown item of an update has to be whole', () => {
  const { code, issues } = refusal({ action: 'update', section: 'skills', data: [{ id: 'x' }] });
  expect(code).toBe('VALIDATION_FAILED');
  expect(issues).toEqual([expect.objectContaining({ path: 'data[0].category' })]);
});

test('socialMedia merges by network', () => {
  const { cv, ids } = applyChange(sampleCv(), {
    action: 'update',
    section: 'socialMedia',
    data: { youtube: { videos: 151 }, tiktok: { handle: '@x', likes: 3 } },
  });
  expect(ids).toEqual(['youtube', 'tiktok']);
  expect(cv.socialMedia.youtube).toEqual({ handle: '@handle', subscribers: 25000, videos: 151 });
});

test.each([
  ['workExperience', { id: 'job-1' }],
  ['skills', { ids: ['3d-animation'] }],
  ['projects', ['new-project']],
  ['projects', [{ id: 'new-project' }]],
] as const)('delete %s %j', (section, data) => {
  const { cv, ids } = applyChange(sampleCv(), { action: 'delete', section, data });
  expect(cv[section]).toEqual([]);
  expect(ids).toHaveLength(1);
});

test('delete takes a network, and a synchronised repository', () => {
  const network = applyChange(sampleCv(), {
    action: 'delete',
    section: 'socialMedia',
    data: { id: 'youtube' },
  });
  expect(Object.keys(network.cv.socialMedia)).toEqual(['instagram']);
  const repository = applyChange(sampleCv(), {
    action: 'delete',
    section: 'github',
    data: { id: 'just_cv' },
  });
  expect(repository.cv.github?.repositories.map(({ name }) => name)).toEqual([
    'SlotMachine',
    'portfolio3.0',
  ]);
});

test.each([
  ['INVALID_ACTION', { action: 'replace', section: 'skills', data: {} }],
  ['INVALID_SECTION', { action: 'update', section: 'hobbies', data: {} }],
  ['INVALID_SECTION', { action: 'update', section: '__proto__', data: {} }],
  ['UNSUPPORTED_OPERATION', { action: 'update', section: 'github', data: {} }],
  ['UNSUPPORTED_OPERATION', { action: 'add', section: 'personalInfo', data: {} }],
  ['UNSUPPORTED_OPERATION', { action: 'sync', section: 'skills', data: {} }],
  ['UNSUPPORTED_OPERATION', { action: 'delete', section: 'personalInfo', data: { id: 'name' } }],
  ['ID_EXISTS', { action: 'add', section: 'projects', data: { id: 'new-project', name: 'x' } }],
  ['ID_EXISTS', { action: 'add', section: 'socialMedia', data: { youtube: {} } }],
  [
    'ID_REPEATED',
    {
      action: 'update',
      section: 'projects',
      data: [
        { id: 'a', name: 'x' },
        { id: 'a', name: 'y' },
      ],
    },
  ],
  ['ID_REPEATED', { action: 'delete', section: 'projects', data: ['new-project', 'new-project'] }],
  ['UNKNOWN_ID', { action: 'delete', section: 'skills', data: { id: 'nothing' } }],
  ['UNKNOWN_ID', { action: 'delete', section: 'socialMedia', data: { id: 'toString' } }],
  ['VALIDATION_FAILED', { action: 'update', section: 'personalInfo', data: { nmae: 'x' } }],
  ['VALIDATION_FAILED', { action: 'update', section: 'personalInfo', data: { name: 'a\u0000b' } }],
  [
    'VALIDATION_FAILED',
    { action: 'update', section: 'personalInfo', data: { name: 'x'.repeat(201) } },
  ],
  ['VALIDATION_FAILED', { action: 'update', section: 'personalInfo', data: [] }],
  ['VALIDATION_FAILED', { action: 'update', section: 'skills', data: [] }],
  ['VALIDATION_FAILED', { action: 'update', section: 'skills', data: 'x' }],
  [
    'VALIDATION_FAILED',
    { action: 'update', section: 'workExperience', data: { id: 'job-1', startDate: '2018-13' } },
  ],
  [
    'VALIDATION_FAILED',
    {
      action: 'update',
      section: 'projects',
      data: { id: 'a', name: 'x', url: 'javascript:alert(1)' },
    },
  ],
  [
    'VALIDATION_FAILED',
    { action: 'update', section: 'socialMedia', data: { youtube: { videos: -1 } } },
  ],
  [
    'VALIDATION_FAILED',
    { action: 'sync', section: 'github', data: { username: 'a/b', repositories: ['c'] } },
  ],
  [
    'VALIDATION_FAILED',
    { action: 'sync', section: 'github', data: { username: 'octocat', repositories: ['..'] } },
  ],
  ['VALIDATION_FAILED', { action: 'delete', section: 'skills', data: null }],
])('refuses with %s: %j', (code, change) => {
  expect(refusal(change).code).toBe(code);
});

test('refuses more items than a CV can hold', () => {
  const data = Array.from({ length: 201 }, (_, index) => ({ id: `p${index}`, name: 'x' }));
  expect(refusal({ action: 'add', section: 'projects', data }, emptyCv()).code).toBe(
    'CV_TOO_LARGE',
  );
});

test('an address is merged by its parts, and begins with those of the location', () => {
  const change = (data: object) => ({ action: 'update', section: 'personalInfo', data });
  const placed = applyChange(emptyCv(), change({ location: 'Warsaw, Poland' })).cv;
  const { cv } = applyChange(placed, change({ address: { postalCode: '00-001' } }));
  expect(cv.personalInfo).toEqual({
    location: 'Warsaw, Poland',
    address: { city: 'Warsaw', countryCode: 'PL', postalCode: '00-001' },
  });
  const without = applyChange(cv, change({ address: { postalCode: null } })).cv;
  expect(without.personalInfo.location).toBe('Warsaw, Poland');
});

test('what is moved is told as it is called in the CV', () => {
  const { cv, ids } = applyChange(sampleCv(), {
    action: 'move',
    section: 'socialMedia',
    data: { id: 'INSTAGRAM', position: 1 },
  });
  expect(ids).toEqual(['instagram']);
  expect(Object.keys(cv.socialMedia)[0]).toBe('instagram');
});

test('a place whose parts make a line that is too long is refused', () => {
  const data = { address: { city: 'c'.repeat(400), region: 'r'.repeat(400) } };
  expect(refusal({ action: 'update', section: 'personalInfo', data }).issues).toEqual([
    { path: 'data.location', message: 'must have at most 500 characters' },
  ]);
});
