import fc from 'fast-check';
import { matchesPattern, systems, unknownPatterns } from '@careerhooks/systems';
import { system } from '../../support/sample-deliveries';

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

test.each(['delivery.failed', 'delivery.*'])(
  '%s takes something of systems with critical events alone: no other ever makes one',
  (pattern) => {
    for (const each of systems.values()) {
      const unknown = each.critical === undefined ? [pattern] : [];
      expect([each.key, unknownPatterns(each, [pattern])]).toEqual([each.key, unknown]);
    }
    expect(unknownPatterns(system('pathfinder'), [pattern])).toEqual([]);
  },
);

test('a pattern takes its own type, what is below its prefix, or everything; never by accident', () => {
  const name = fc.oneof(fc.string(), fc.stringMatching(/^[a-z_*]{0,6}(\.[a-z_*]{0,6}){0,3}$/));
  fc.assert(
    fc.property(name, name, (pattern, type) => {
      if (!matchesPattern(pattern, type)) return;
      const prefix = pattern.endsWith('.*') ? pattern.slice(0, -1) : undefined;
      const allowed =
        pattern === '*' || pattern === type || (prefix !== undefined && type.startsWith(prefix));
      expect(allowed).toBe(true);
    }),
    { numRuns: 1000 },
  );
  fc.assert(
    fc.property(name, fc.string(), (prefix, rest) => {
      fc.pre(prefix !== '');
      expect(matchesPattern(`${prefix}.*`, `${prefix}.${rest}`)).toBe(true);
    }),
  );
});
