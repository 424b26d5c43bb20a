import { urlKey } from '@careerhooks/store';

test.each([
  ['HTTPS://Hooks.Example.com/a', 'https://hooks.example.com/a'],
  ['https://hooks.example.com:443/a', 'https://hooks.example.com/a'],
  ['http://hooks.example.com:80/a', 'http://hooks.example.com/a'],
  ['https://hooks.example.com/a#part', 'https://hooks.example.com/a'],
  ['https://hooks.example.com/a#', 'https://hooks.example.com/a'],
  ['https://hooks.example.com', 'https://hooks.example.com/'],
  ['https://hooks.example.com?a=b', 'https://hooks.example.com/?a=b'],
  ['https://hooks.example.com/?', 'https://hooks.example.com/'],
  ['https://bücher.example/a', 'https://xn--bcher-kva.example/a'],
])('%s is %s', (spelled, url) => {
  expect(urlKey(spelled)).toBe(urlKey(url));
  expect(urlKey(spelled)).not.toContain('#');
});

test.each([
  ['http://hooks.example.com/a', 'https://hooks.example.com/a'],
  ['https://hooks.example.com:8443/a', 'https://hooks.example.com/a'],
  ['https://hooks.example.com/A', 'https://hooks.example.com/a'],
  ['https://hooks.example.com/a/', 'https://hooks.example.com/a'],
  ['https://hooks.example.com/a%2fb', 'https://hooks.example.com/a/b'],
  ['https://hooks.example.com/a%2fb', 'https://hooks.example.com/a%2Fb'],
  ['https://hooks.example.com/?a=1&b=2', 'https://hooks.example.com/?b=2&a=1'],
  ['https://hooks.example.com/?sig=a+b', 'https://hooks.example.com/?sig=a%20b'],
  ['https://hooks.example.com/?sig=A', 'https://hooks.example.com/?sig=a'],
])('%s is not %s', (one, other) => {
  expect(urlKey(one)).not.toBe(urlKey(other));
});

test('what is no URL is compared as it is', () => {
  expect(urlKey('Receiver.example/Hook')).toBe('Receiver.example/Hook');
});

test('a name with letters beyond ASCII stays the same, however often it is compared', () => {
  const keys = new Set(Array.from({ length: 50_000 }, () => urlKey('https://bücher.example/a')));
  expect([...keys]).toEqual(['https://xn--bcher-kva.example/a']);
});
