import { emptyCv, readCv } from '@careerhooks/cv';

test('a CV of before has the sections that came later, and is in order', () => {
  const cv = readCv(
    JSON.stringify({
      personalInfo: { name: 'Ada Example' },
      workExperience: [
        { id: 'a', position: 'Intern', company: 'Example', startDate: '2015', endDate: '2016' },
        {
          id: 'b',
          position: 'Engineer',
          company: 'Example',
          startDate: '2016',
          endDate: 'present',
        },
      ],
      skills: [],
      projects: [],
      github: null,
      socialMedia: {},
    }),
  );
  expect(cv).toMatchObject({ education: [], references: [] });
  expect(cv.workExperience.map(({ id, endDate }) => [id, endDate])).toEqual([
    ['b', 'Present'],
    ['a', '2016'],
  ]);
});

test('what was kept of an answer that was none of GitHub’s API is no repository', () => {
  const whole = {
    name: 'just_cv',
    description: null,
    stars: 1,
    languages: [],
    topics: [],
    pushedAt: null,
    url: 'https://github.com/octocat/just_cv',
  };
  const broken = { description: null, languages: [], topics: [], pushedAt: null };
  const github = { username: 'octocat', repositories: [broken, whole] };
  expect(readCv(JSON.stringify({ ...emptyCv(), github })).github?.repositories).toEqual([whole]);
});
