import { applyChange, type CvDocument, CvError, emptyCv, readCv } from '@careerhooks/cv';
import { sampleCv } from '../../../support/sample-cv';

function after(cv: CvDocument, action: string, section: string, data: unknown): CvDocument {
  return readCv(JSON.stringify(applyChange(cv, { action, section, data }).cv));
}

/** Added in this order; by date they are c, a, b, and d, which has none. */
const AWARDS = [
  { id: 'a', title: 'A', date: '2019-05' },
  { id: 'b', title: 'B', date: '2018' },
  { id: 'c', title: 'C', date: '2019-11' },
  { id: 'd', title: 'D' },
];

const awards = (): CvDocument => after(emptyCv(), 'add', 'awards', AWARDS);
const order = ({ awards: list }: CvDocument): string => list.map(({ id }) => id).join('');

test('a list is newest first, and what has no date is last', () => {
  expect(order(awards())).toBe('cabd');
});

test('what goes on is before what ended, and a year is over at its end', () => {
  const jobs = [
    { id: 'ended', position: 'x', company: 'y', startDate: '2019', endDate: '2024' },
    { id: 'month', position: 'x', company: 'y', startDate: '2019', endDate: '2024-11' },
    { id: 'goes-on', position: 'x', company: 'y', startDate: '2010', endDate: 'Present' },
    { id: 'newer', position: 'x', company: 'y', startDate: '2022' },
  ];
  const cv = after(emptyCv(), 'add', 'workExperience', jobs);
  expect(cv.workExperience.map(({ id }) => id)).toEqual(['newer', 'goes-on', 'ended', 'month']);
});

test.each([
  [{ id: 'd', position: 1 }, 'dcab'],
  [{ id: 'C', position: 3 }, 'abcd'],
  [{ id: 'c', position: 200 }, 'abdc'],
  [{ ids: ['d', 'B'] }, 'dbca'],
])('move %j makes %s of "cabd"', (data, wanted) => {
  const cv = after(awards(), 'move', 'awards', data);
  expect(order(cv)).toBe(wanted);
  // It stays so, with what comes later at its end.
  expect(order(after(cv, 'add', 'awards', { id: 'e', title: 'E', date: '2024' }))).toBe(
    `${wanted}e`,
  );
});

test('a list that was arranged by hand goes back to its dates', () => {
  const cv = after(after(awards(), 'move', 'awards', { id: 'd', position: 1 }), 'move', 'awards', {
    by: 'date',
  });
  expect(order(cv)).toBe('cabd');
  expect(cv).not.toHaveProperty('arranged');
});

test('accounts and repositories are moved, too', () => {
  const cv = after(sampleCv(), 'move', 'socialMedia', { id: 'Instagram', position: 1 });
  expect(Object.keys(cv.socialMedia)).toEqual(['instagram', 'youtube']);
  const moved = after(sampleCv(), 'move', 'github', { ids: ['just_cv', 'SLOTMACHINE'] });
  expect(moved.github?.repositories.map(({ name }) => name)).toEqual([
    'just_cv',
    'SlotMachine',
    'portfolio3.0',
  ]);
});

test.each([
  ['VALIDATION_FAILED', 'awards', { id: 'a', position: 0 }],
  ['VALIDATION_FAILED', 'awards', { id: 'a', position: 1.5 }],
  ['VALIDATION_FAILED', 'awards', { id: 'a' }],
  ['VALIDATION_FAILED', 'awards', {}],
  ['VALIDATION_FAILED', 'awards', { by: 'name' }],
  ['UNKNOWN_ID', 'awards', { id: 'z', position: 1 }],
  ['UNKNOWN_ID', 'github', { id: 'z', position: 1 }],
  ['ID_REPEATED', 'awards', { ids: ['a', 'A'] }],
  ['UNSUPPORTED_OPERATION', 'personalInfo', { id: 'name', position: 1 }],
  ['UNSUPPORTED_OPERATION', 'skills', { by: 'date' }],
])('refuses with %s to move in %s: %j', (code, section, data) => {
  let refused: unknown;
  try {
    after(awards(), 'move', section, data);
  } catch (error) {
    refused = error;
  }
  expect(refused).toBeInstanceOf(CvError);
  expect(refused).toMatchObject({ code });
});

test('an id is the same in any case: updated, deleted and refused by it, and kept as it is spelled', () => {
  const cv = after(awards(), 'update', 'awards', { id: 'B', awarder: 'Jury' });
  expect(cv.awards).toContainEqual({ id: 'b', title: 'B', date: '2018', awarder: 'Jury' });
  expect(order(after(cv, 'delete', 'awards', { ids: ['A', 'B'] }))).toBe('cd');
  expect(() => after(cv, 'add', 'awards', { id: 'A', title: 'x' })).toThrow(
    'has an item "a" already',
  );
  const twice = [
    { id: 'x', title: 'x' },
    { id: 'X', title: 'y' },
  ];
  expect(() => after(cv, 'add', 'awards', twice)).toThrow();
  const network = after(sampleCv(), 'update', 'socialMedia', { YouTube: { videos: 1 } });
  expect(network.socialMedia).toMatchObject({ youtube: { subscribers: 25000, videos: 1 } });
  expect(network.socialMedia).not.toHaveProperty('YouTube');
});

test('two ids that differ in case alone, from before, are both kept and told apart', () => {
  const cv = {
    ...emptyCv(),
    interests: [
      { id: 'go', name: 'The game' },
      { id: 'Go', name: 'The language' },
    ],
  };
  const changed = after(cv, 'update', 'interests', { id: 'Go', keywords: ['channels'] });
  expect(changed.interests).toEqual([
    { id: 'go', name: 'The game' },
    { id: 'Go', name: 'The language', keywords: ['channels'] },
  ]);
  expect(after(changed, 'delete', 'interests', { id: 'Go' }).interests).toEqual([
    { id: 'go', name: 'The game' },
  ]);
});
