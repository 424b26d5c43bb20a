import { applyChange, type CvDocument, emptyCv, readCv } from '@careerhooks/cv';
import { sampleCv } from '../../../support/sample-cv';

function after(cv: CvDocument, section: string, data: unknown, action = 'update'): CvDocument {
  return readCv(JSON.stringify(applyChange(cv, { action, section, data }).cv));
}

test.each([null, ''])('%j clears a field of the person, and leaves the others', (nothing) => {
  const cv = after(sampleCv(), 'personalInfo', { title: nothing, phone: nothing });
  expect(cv.personalInfo).not.toHaveProperty('title');
  expect(cv.personalInfo).not.toHaveProperty('phone');
  expect(cv.personalInfo.name).toBe('Name Surname');
});

test.each([null, '', []])('%j clears a field of an item', (nothing) => {
  const cv = after(sampleCv(), 'projects', {
    id: 'new-project',
    technologies: nothing,
    endDate: nothing === null ? null : '',
  });
  expect(cv.projects).toEqual([
    {
      id: 'new-project',
      name: 'AI Avatar System',
      description: 'Interactive AI-powered avatars',
      startDate: '2023-01',
      achievements: ['Developed 12 interactive avatars', 'Improved response time by 45%'],
    },
  ]);
});

test('a count and an address of an account are cleared', () => {
  const data = { youtube: { videos: null, url: '' } };
  expect(after(sampleCv(), 'socialMedia', data).socialMedia.youtube).toEqual({
    handle: '@handle',
    subscribers: 25000,
  });
});

test.each([null, ''])('what an item is called cannot be cleared by %j', (nothing) => {
  const wrong = [
    ['workExperience', { id: 'job-1', company: nothing }],
    ['skills', { id: '3d-animation', category: nothing }],
    ['projects', { id: 'new-project', name: nothing }],
  ] as const;
  for (const [section, data] of wrong) {
    expect(() => after(sampleCv(), section, data)).toThrow('Invalid data format');
  }
});

test('an imported item that has no name may be changed without giving it one', () => {
  const cv = { ...emptyCv(), workExperience: [{ id: 'a', company: 'Acme', position: '' }] };
  expect(after(cv, 'workExperience', { id: 'a', summary: 'x' }).workExperience).toEqual([
    { id: 'a', company: 'Acme', position: '', summary: 'x' },
  ]);
});

test('a place is the one that was given last, in a line or in parts', () => {
  const parts = after(sampleCv(), 'personalInfo', { address: { city: 'Kyiv', countryCode: 'UA' } });
  expect(parts.personalInfo).toMatchObject({
    location: 'Kyiv, Ukraine',
    address: { city: 'Kyiv' },
  });
  const line = after(parts, 'personalInfo', { location: 'Lviv' });
  expect(line.personalInfo).toMatchObject({ location: 'Lviv' });
  expect(line.personalInfo).not.toHaveProperty('address');
  for (const nothing of [
    { location: null },
    { address: null },
    { address: { city: '', countryCode: null } },
  ]) {
    const { personalInfo } = after(parts, 'personalInfo', nothing);
    expect(personalInfo).not.toHaveProperty('location');
    expect(personalInfo).not.toHaveProperty('address');
  }
});

test.each(['2018-02-31', '2019-02-29', '2018-13', '2018-00', '0018', '18', 'May 2018'])(
  '%s is no date',
  (date) => {
    const award = { id: 'a', title: 'x', date };
    expect(() => after(emptyCv(), 'awards', award, 'add')).toThrow('Invalid data format');
    const job = { id: 'a', position: 'x', company: 'y', endDate: date };
    expect(() => after(emptyCv(), 'workExperience', job, 'add')).toThrow('Invalid data format');
  },
);

test.each(['present', 'PRESENT', ' Present '])('%s is kept in one spelling', (endDate) => {
  const cv = after(sampleCv(), 'workExperience', { id: 'job-1', endDate });
  expect(cv.workExperience).toMatchObject([{ endDate: 'Present' }]);
});
