import { networkKey, networkName, profileUrl } from '../../../cv/src/networks';

test.each([
  ['github', 'ada', 'https://github.com/ada'],
  ['youtube', '@ada', 'https://www.youtube.com/@ada'],
  ['mastodon', '@ada@social.example', 'https://social.example/@ada'],
  ['substack', 'ada', 'https://ada.substack.com'],
  ['github', '..', undefined],
  ['substack', 'a@b', undefined],
  ['mastodon', 'ada', undefined],
  ['linkedin', 'not a handle', undefined],
  ['nowhere', 'ada', undefined],
])('the profile of %s %s is %s', (network, handle, url) => {
  expect(profileUrl(network, handle)).toBe(url);
});

test('networks have their own names, and one key', () => {
  expect(['stackoverflow', 'x', 'forum'].map(networkName)).toEqual([
    'Stack Overflow',
    'X',
    'Forum',
  ]);
  expect(['Stack Overflow', 'GitHub', 'My Forum'].map(networkKey)).toEqual([
    'stackoverflow',
    'github',
    'my-forum',
  ]);
});
