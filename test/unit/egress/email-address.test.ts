import { asciiDomain, isEmailAddress } from '@careerhooks/egress';

it.each([
  'owner@example.com',
  'hooks+cv@mail.example.com',
  'owner@bücher.example',
  'owner@xn--bcher-kva.example',
  'josé@example.com',
  '用户@例子.公司',
  'δοκιμή@παράδειγμα.δοκιμή',
  "o'neil@example.com",
])('%s is an e-mail address', (text) => {
  expect(isEmailAddress(text)).toBe(true);
});

it.each([
  '',
  'owner',
  '@example.com',
  'owner@',
  'owner@localhost',
  'owner@1.2.3.4',
  'owner@[127.0.0.1]',
  '"a b"@example.com',
  'a b@example.com',
  '.a@example.com',
  'a..b@example.com',
  'a@b@example.com',
  'owner@example..com',
  'owner@-a.example',
  'owner@exam\u00adple.com',
  'owner@example.com\r\nBcc: x@example.com',
  'owner\u0000@example.com',
  'owner@xn--zzzz.example',
  `${'é'.repeat(33)}@example.com`,
  `a@${'b.'.repeat(130)}example`,
])('%j is none', (text) => {
  expect(isEmailAddress(text)).toBe(false);
});

it('has the domain as DNS has it', () => {
  expect(asciiDomain('mail.bücher.example')).toBe('mail.xn--bcher-kva.example');
  expect(asciiDomain('not a domain')).toBe('');
});
