import { CvError, readSyncRequest } from '@careerhooks/cv';

const sync = (username: string, repositories = ['a']) =>
  readSyncRequest({ username, repositories });

test.each([
  ['a new login', 'octo-cat9'],
  ['a managed user', 'octo_corp'],
  ['hyphens in a row, from before they were refused', 'octo--cat'],
  ['a hyphen at its end', 'octocat-'],
  ['a hyphen at its beginning', '-octocat'],
  ['39 characters', 'o'.repeat(39)],
])('takes %s', (_, username) => {
  expect(sync(username).username).toBe(username);
});

test.each(['', 'octo cat', 'octo/cat', 'octo.cat', '..', 'öcto', 'o'.repeat(40)])(
  'refuses the login "%s"',
  (username) => {
    expect(() => sync(username)).toThrow(CvError);
  },
);

test('takes a hundred repositories', () => {
  const names = Array.from({ length: 101 }, (_, index) => `.r_${index}-`);
  expect(sync('octocat', names.slice(1)).repositories).toHaveLength(100);
  expect(() => sync('octocat', names)).toThrow(CvError);
});
