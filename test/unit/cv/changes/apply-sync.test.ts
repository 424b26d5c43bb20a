import { applySync, emptyCv } from '@careerhooks/cv';

const repository = (name: string, description: string) => ({
  name,
  description,
  stars: 0,
  languages: [],
  topics: [],
  pushedAt: null,
  url: `https://github.com/octocat/${name}`,
});

test('what a sync brings takes the place of the section, and names its repositories', () => {
  const github = { username: 'octocat', repositories: [repository('just_cv', 'A CV')] };
  expect(applySync(emptyCv(), github)).toEqual({ cv: { ...emptyCv(), github }, ids: ['just_cv'] });
});

test('a sync that would make the CV too large is refused', () => {
  const repositories = [repository('just_cv', 'x'.repeat(600_000))];
  expect(() => applySync(emptyCv(), { username: 'octocat', repositories })).toThrow(
    expect.objectContaining({ code: 'CV_TOO_LARGE' }),
  );
});
