import { isFittingCliVersion, parseCliVersion } from '../../../temporal/src/cli-version';

test.each([
  ['temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)', '1.9.1'],
  ['temporal version v1.10.0 (Server 1.33.0)\n', '1.10.0'],
  ['temporal version 1.9.1-rc.1 (Server 1.32.0)', '1.9.1-rc.1'],
  ['a notice of an update\ntemporal version 1.9.2 (Server 1.32.0)', '1.9.2'],
])('reads the version out of %j', (output, version) => {
  expect(parseCliVersion(output)).toBe(version);
});

test.each(['', 'tctl version 1.18.0', 'version 1.9.1', 'temporal version unknown'])(
  'reads no version out of %j',
  (output) => {
    expect(parseCliVersion(output)).toBeUndefined();
  },
);

test.each(['1.9.1', '1.9.2', '1.10.0', '1.99.0'])('%s fits', (version) => {
  expect(isFittingCliVersion(version)).toBe(true);
});

test.each(['1.9.0', '1.8.9', '0.99.9', '2.0.0', '1.9.1-rc.1', '1.10.0-dev', 'x'])(
  '%s does not fit',
  (version) => {
    expect(isFittingCliVersion(version)).toBe(false);
  },
);
