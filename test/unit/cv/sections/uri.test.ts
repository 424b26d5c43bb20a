import { shownAddress, toUri } from '../../../../cv/src/sections/uri';

test.each([
  ['https://example.com', 'https://example.com'],
  ['https://www.example.com/a?b=c#d', 'https://www.example.com/a?b=c#d'],
  ['https://bücher.example/ü', 'https://xn--bcher-kva.example/%C3%BC'],
  ['https://example.com/a b', 'https://example.com/a%20b'],
  ['https://example.com/{a}?q="<|>[1]', 'https://example.com/%7Ba%7D?q=%22%3C%7C%3E%5B1%5D'],
  ['https://example.com/100%', 'https://example.com/100%25'],
  ['https://example.com/%C3%BC', 'https://example.com/%C3%BC'],
])('%s is the URI %s', (text, uri) => {
  expect(toUri(text)).toBe(uri);
  expect(toUri(uri)).toBe(uri);
});

test.each([
  ['https://example.com/', 'example.com'],
  ['https://www.example.com/a/', 'www.example.com/a/'],
  ['https://xn--bcher-kva.example/%C3%BC', 'bücher.example/ü'],
  ['https://example.com/a%20b%2Fc', 'example.com/a%20b%2Fc'],
  ['https://example.com/%FF', 'example.com/%FF'],
])('%s is shown as %s', (uri, shown) => {
  expect(shownAddress(uri)).toBe(shown);
});
