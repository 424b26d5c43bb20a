import schema from '@jsonresume/schema/schema.json';
import { applyChange, emptyCv, fromJsonResume, toJsonResume } from '@careerhooks/cv';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { fullCv, sparseCv } from '../../support/full-cv';
import { sampleCv } from '../../support/sample-cv';

const ajv = new Ajv({ strict: false });
addFormats(ajv);
const validate = ajv.compile(schema);

test.each([
  ['the whole CV', sampleCv()],
  ['one with every field', fullCv()],
  ['one with what is needed alone', sparseCv()],
  ['an empty CV', emptyCv()],
])('%s is a valid JSON Resume', (_, cv) => {
  validate(JSON.parse(JSON.stringify(toJsonResume(cv))));
  expect(validate.errors ?? []).toEqual([]);
});

test('every section has its place', () => {
  expect(toJsonResume(sampleCv())).toMatchObject({
    basics: {
      name: 'Name Surname',
      label: 'Senior 3D Artist & AI Specialist',
      location: { city: 'Warsaw', countryCode: 'PL' },
      profiles: [
        { network: 'GitHub' },
        { network: 'YouTube', username: 'handle', url: 'https://www.youtube.com/@handle' },
        {},
      ],
    },
    work: [
      {
        name: 'Freelance',
        startDate: '2018',
        highlights: [
          'Create 3D models and animations',
          'Develop educational content',
          'Completed 150+ projects',
          'Generated $2.5M+ in approvals',
        ],
      },
    ],
    skills: [{ keywords: ['Blender (Expert, 6 years)', 'Unreal Engine (Advanced, 4 years)'] }],
    projects: [{ endDate: '2023-12' }, { name: 'SlotMachine', type: 'repository' }, {}, {}],
  });
  expect((toJsonResume(sampleCv()).work as object[])[0]).not.toHaveProperty('endDate');
});

test('what older themes read stands beside what the schema has', () => {
  expect(toJsonResume(fullCv())).toMatchObject({
    basics: { url: 'https://ada.example.com', website: 'https://ada.example.com' },
    work: [
      {
        name: 'Northwind Example',
        company: 'Northwind Example',
        keywords: ['TypeScript', 'PostgreSQL'],
      },
      { name: 'Contoso Sample' },
      { name: 'Fabrikam Sample' },
    ],
    education: [{ score: '4.9', gpa: '4.9' }],
    skills: [{ level: 'Virtuoso' }, { level: 'Intermediate' }],
  });
});

test('texts and lists that themes take for granted are there, and empty', () => {
  expect(toJsonResume(emptyCv())).toMatchObject({
    basics: { name: '', label: '', location: { city: '' }, profiles: [] },
  });
  expect(toJsonResume(sparseCv())).toMatchObject({
    work: [{ highlights: [] }, { highlights: [] }],
    volunteer: [{ position: '', highlights: [] }],
    education: [{ area: '', studyType: '', courses: [] }],
    skills: [{ level: '', keywords: [] }],
    languages: [{ fluency: '' }],
    projects: [{ highlights: [], keywords: [], roles: [] }],
  });
});

test("GitHub's profile is the person's own, at the host that the repositories are from", () => {
  const github = { username: 'ada', profileUrl: 'https://git.example.com/ada', repositories: [] };
  expect(toJsonResume({ ...emptyCv(), github })).toMatchObject({
    basics: {
      profiles: [{ network: 'GitHub', username: 'ada', url: 'https://git.example.com/ada' }],
    },
  });
  const socialMedia = { github: { handle: 'ada-herself' } };
  expect(toJsonResume({ ...emptyCv(), github, socialMedia })).toMatchObject({
    basics: { profiles: [{ username: 'ada-herself', url: 'https://github.com/ada-herself' }] },
  });
});

test('addresses in any script are URIs and e-mail addresses as the schema has them', () => {
  const { cv } = applyChange(emptyCv(), {
    action: 'update',
    section: 'personalInfo',
    data: { website: 'https://bücher.example/a b', email: 'ada@bücher.example' },
  });
  expect(cv.personalInfo.email).toBe('ada@bücher.example');
  const resume = toJsonResume(cv);
  expect(resume.basics).toMatchObject({
    url: 'https://xn--bcher-kva.example/a%20b',
    email: 'ada@xn--bcher-kva.example',
  });
  validate(resume);
  expect(validate.errors ?? []).toEqual([]);
  expect(fromJsonResume(resume, emptyCv()).cv.personalInfo).toEqual(cv.personalInfo);
});
