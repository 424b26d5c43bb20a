import { checkUrl, EgressError, type EgressPolicy } from '@careerhooks/egress';

const production: EgressPolicy = { httpsOnly: true, publicOnly: true, allow: [] };
const development: EgressPolicy = { httpsOnly: false, publicOnly: false, allow: [] };

function codeOf(url: string, policy: EgressPolicy): string {
  try {
    checkUrl(url, policy);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    expect(error.stage).toBe('before');
    expect(error.message).not.toMatch(/secret/);
    return error.code;
  }
}

test.each([
  // [URL, in production, in development]
  ['https://hooks.example.com/secret?secret=1', 'accepted', 'accepted'],
  ['https://hooks.example.com:8443/', 'accepted', 'accepted'],
  ['https://8.8.8.8/', 'accepted', 'accepted'],
  ['https://[2606:4700:4700::1111]/', 'accepted', 'accepted'],
  ['https://[64:ff9b::808:808]/', 'accepted', 'accepted'],
  ['http://hooks.example.com/secret', 'url_scheme', 'accepted'],
  ['http://user:secret@hooks.example.com/', 'url_scheme', 'url_credentials'],
  ['https://user:secret@hooks.example.com/', 'url_credentials', 'url_credentials'],
  ['https://secret@hooks.example.com/', 'url_credentials', 'url_credentials'],
  ['https://:secret@hooks.example.com/', 'url_credentials', 'url_credentials'],
  ['https://hooks.example.com:0/secret', 'url_port', 'url_port'],
  ['ftp://hooks.example.com/secret', 'url_scheme', 'url_scheme'],
  ['file:///etc/secret', 'url_scheme', 'url_scheme'],
  ['javascript:secret', 'url_scheme', 'url_scheme'],
  ['data:,secret', 'url_scheme', 'url_scheme'],
  ['', 'invalid_url', 'invalid_url'],
  ['/secret', 'invalid_url', 'invalid_url'],
  ['https://', 'invalid_url', 'invalid_url'],
  ['https://hooks example.com/secret', 'invalid_url', 'invalid_url'],
  ['https://hooks.example.com./secret', 'accepted', 'accepted'],
  ['https://./secret', 'invalid_url', 'invalid_url'],
  ['https://hooks..example.com/secret', 'invalid_url', 'invalid_url'],
  ['https://hooks.example.com:99999/secret', 'invalid_url', 'invalid_url'],
  ['https://1.2.3.4.5/secret', 'invalid_url', 'invalid_url'],
  ['https://256.0.0.1/secret', 'invalid_url', 'invalid_url'],
  ['https://[fe80::1%25eth0]/secret', 'invalid_url', 'invalid_url'],
  ['https://localhost/secret', 'private_address', 'accepted'],
  ['https://LOCALHOST./secret', 'private_address', 'accepted'],
  ['https://below.localhost/secret', 'private_address', 'accepted'],
  ['https://notlocalhost/', 'accepted', 'accepted'],
  // Spellings of 127.0.0.1.
  ['https://127.0.0.1/secret', 'private_address', 'accepted'],
  ['https://127.0.0.1./secret', 'private_address', 'accepted'],
  ['https://2130706433/secret', 'private_address', 'accepted'],
  ['https://0x7f000001/secret', 'private_address', 'accepted'],
  ['https://017700000001/secret', 'private_address', 'accepted'],
  ['https://0177.0.0.1/secret', 'private_address', 'accepted'],
  ['https://0x7f.1/secret', 'private_address', 'accepted'],
  ['https://127.1/secret', 'private_address', 'accepted'],
  ['https://127.0.1/secret', 'private_address', 'accepted'],
  ['https://１２７.０.０.１/secret', 'private_address', 'accepted'],
  ['https://127。0。0。1/secret', 'private_address', 'accepted'],
  ['https://%31%32%37.0.0.1/secret', 'private_address', 'accepted'],
  ['https://0/secret', 'private_address', 'accepted'],
  ['https://169.254.169.254/latest/meta-data/secret', 'private_address', 'accepted'],
  ['https://2852039166/secret', 'private_address', 'accepted'],
  ['https://[::1]/secret', 'private_address', 'accepted'],
  ['https://[::]/secret', 'private_address', 'accepted'],
  ['https://[0:0:0:0:0:ffff:127.0.0.1]/secret', 'private_address', 'accepted'],
  ['https://[::ffff:7f00:1]/secret', 'private_address', 'accepted'],
  ['https://[::127.0.0.1]/secret', 'private_address', 'accepted'],
  ['https://[64:ff9b::7f00:1]/secret', 'private_address', 'accepted'],
  ['https://[fd00::1]/secret', 'private_address', 'accepted'],
  ['https://[fe80::1]/secret', 'private_address', 'accepted'],
])('%s: %s in production, %s in development', (url, inProduction, inDevelopment) => {
  expect(codeOf(url, production)).toBe(inProduction);
  expect(codeOf(url, development)).toBe(inDevelopment);
});

test.each<[string, string[], string]>([
  ['https://127.0.0.1/', ['127.0.0.0/8'], 'accepted'],
  ['https://[::ffff:127.0.0.1]/', ['127.0.0.0/8'], 'accepted'],
  ['https://10.0.0.1/', ['127.0.0.0/8'], 'private_address'],
  ['https://localhost/', ['127.0.0.0/8'], 'private_address'],
  ['https://localhost/', ['127.0.0.0/8', '::1/128'], 'accepted'],
])('%s with exemptions %j: %s', (url, allow, expected) => {
  expect(codeOf(url, { ...production, allow })).toBe(expected);
});

test('the error names host and port alone, and has no cause', () => {
  const refuse = () => checkUrl('https://127.0.0.1/path?token=secret#part', production);
  expect(refuse).toThrow(
    'The host is, or resolves to, an address that is not public (127.0.0.1:443).',
  );
  try {
    refuse();
  } catch (error) {
    expect((error as Error).cause).toBeUndefined();
  }
});

test('a URL with letters beyond ASCII is accepted however often it is checked', () => {
  const url = 'https://b\u00fcro.example.com/l\u00e4uft';
  const check = () => {
    for (let n = 0; n < 20_000; n += 1) checkUrl(url, production);
  };
  expect(check).not.toThrow();
});
