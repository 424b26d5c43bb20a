import { matchesPattern, unknownPatterns } from '@careerhooks/systems';
import { system } from './deliveries';

test.each([
  ['resume.parsed', 'resume.parsed', true],
  ['resume.parsed', 'resume.parse_failed', false],
  ['resume.*', 'resume.parsed', true],
  ['resume.*', 'resumes.parsed', false],
  ['resume.*', 'resume', false],
  ['resume.*', 'resume.', true],
  ['*', 'anything.at_all', true],
  ['.*', '.x', false],
  ['*.completed', 'ats.completed', false],
  ['resume*', 'resume.parsed', false],
  ['res.*', 'resume.parsed', false],
  ['resume.parse.', 'resume.parsed', false],
  ['', 'resume.parsed', false],
])('%s takes %s: %s', (pattern, type, expected) => {
  expect(matchesPattern(pattern, type)).toBe(expected);
});

test('names the patterns that take nothing', () => {
  const patterns = ['resume.*', '*', 'ats.check_failed', 'resume.exploded', 'job.*', 'resume'];
  expect(unknownPatterns(system('roleready'), patterns)).toEqual([
    'resume.exploded',
    'job.*',
    'resume',
  ]);
});
