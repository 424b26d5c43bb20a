import {
  isPublicAddress,
  matchesCidrs,
  parseCidrs,
  permitsAddress,
  type EgressPolicy,
} from '@careerhooks/egress';

const production: EgressPolicy = { httpsOnly: true, publicOnly: true, allow: [] };

// [range, first, last, just below, just above]; null where the neighbour is forbidden as well.
const ipv4: [string, string, string, string | null, string | null][] = [
  ['0.0.0.0/8', '0.0.0.0', '0.255.255.255', null, '1.0.0.0'],
  ['10.0.0.0/8', '10.0.0.0', '10.255.255.255', '9.255.255.255', '11.0.0.0'],
  ['100.64.0.0/10', '100.64.0.0', '100.127.255.255', '100.63.255.255', '100.128.0.0'],
  ['127.0.0.0/8', '127.0.0.0', '127.255.255.255', '126.255.255.255', '128.0.0.0'],
  ['169.254.0.0/16', '169.254.0.0', '169.254.255.255', '169.253.255.255', '169.255.0.0'],
  ['172.16.0.0/12', '172.16.0.0', '172.31.255.255', '172.15.255.255', '172.32.0.0'],
  ['192.0.0.0/24', '192.0.0.0', '192.0.0.255', '191.255.255.255', '192.0.1.0'],
  ['192.0.2.0/24', '192.0.2.0', '192.0.2.255', '192.0.1.255', '192.0.3.0'],
  ['192.88.99.0/24', '192.88.99.0', '192.88.99.255', '192.88.98.255', '192.88.100.0'],
  ['192.168.0.0/16', '192.168.0.0', '192.168.255.255', '192.167.255.255', '192.169.0.0'],
  ['198.18.0.0/15', '198.18.0.0', '198.19.255.255', '198.17.255.255', '198.20.0.0'],
  ['198.51.100.0/24', '198.51.100.0', '198.51.100.255', '198.51.99.255', '198.51.101.0'],
  ['203.0.113.0/24', '203.0.113.0', '203.0.113.255', '203.0.112.255', '203.0.114.0'],
  ['224.0.0.0/4', '224.0.0.0', '239.255.255.255', '223.255.255.255', null],
  ['240.0.0.0/4', '240.0.0.0', '255.255.255.255', null, null],
];

const ones = (count: number) => Array<string>(count).fill('ffff').join(':');
const ipv6: [string, string, string, string | null, string | null][] = [
  ['::/8', '::', `00ff:${ones(7)}`, null, '100:0:0:1::'],
  ['100::/64', '100::', `100:0:0:0:${ones(4)}`, null, '100:0:0:1::'],
  ['2001::/23', '2001::', `2001:1ff:${ones(6)}`, `2000:${ones(7)}`, '2001:200::'],
  ['2001:db8::/32', '2001:db8::', `2001:db8:${ones(6)}`, `2001:db7:${ones(6)}`, '2001:db9::'],
  ['2002::/16', '2002::', `2002:${ones(7)}`, `2001:${ones(7)}`, '2003::'],
  ['3fff::/20', '3fff::', `3fff:fff:${ones(6)}`, `3ffe:${ones(7)}`, '3fff:1000::'],
  ['5f00::/16', '5f00::', `5f00:${ones(7)}`, `5eff:${ones(7)}`, '5f01::'],
  ['fc00::/7', 'fc00::', `fdff:${ones(7)}`, `fbff:${ones(7)}`, 'fe00::'],
  ['fe80::/10', 'fe80::', `febf:${ones(7)}`, `fe7f:${ones(7)}`, null],
  ['fec0::/10', 'fec0::', `feff:${ones(7)}`, null, null],
  ['ff00::/8', 'ff00::', ones(8), null, null],
];

describe.each([...ipv4, ...ipv6])('%s', (_range, first, last, below, above) => {
  test('is refused from its first address to its last', () => {
    expect(isPublicAddress(first)).toBe(false);
    expect(isPublicAddress(last)).toBe(false);
  });

  const outside = [below, above].filter((address) => address !== null);
  if (outside.length === 0) return;
  test.each(outside)('ends before %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

test.each([
  ['1.1.1.1', true],
  ['2606:4700:4700::1111', true],
  ['::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:7f00:1', false],
  ['::ffff:8.8.8.8', false],
  ['::127.0.0.1', false],
  ['::8.8.8.8', false],
  ['64:ff9b::8.8.8.8', true],
  ['64:ff9b::10.0.0.1', false],
  ['64:ff9b::a9fe:a9fe', false],
  ['64:ff9b:1::8.8.8.8', false],
  ['fe80::1%eth0', false],
  ['2606:4700:4700::1111%eth0', false],
  ['fd00:ec2::254', false],
  ['', false],
  ['localhost', false],
  ['127.1', false],
  ['0x08.0x08.0x08.0x08', false],
  ['8.8.8.8 ', false],
])('%s is public: %s', (address, isPublic) => {
  expect(isPublicAddress(address)).toBe(isPublic);
});

test.each([
  ['127.0.0.1', '127.0.0.0/8', true],
  ['::ffff:127.0.0.1', '127.0.0.0/8', true],
  ['::ffff:127.0.0.1', '::ffff:127.0.0.0/104', true],
  ['64:ff9b::10.0.0.1', '10.0.0.0/8', true],
  ['::ffff:10.0.0.1', '127.0.0.0/8', false],
  ['::ffff:10.0.0.1', '::/0', false],
  ['10.0.0.1', '::/0', false],
  ['::1', '::1', true],
  ['::1', '127.0.0.0/8', false],
  ['::1', '0.0.0.0/0', false],
  ['fe80::1%eth0', 'fe80::/10', true],
  ['10.0.0.1', '192.168.0.0/16, 10.0.0.1', true],
  ['10.0.0.2', '192.168.0.0/16, 10.0.0.1', false],
  ['nonsense', '0.0.0.0/0, ::/0', false],
])('%s with an exemption for %s is permitted: %s', (address, allow, permitted) => {
  expect(matchesCidrs(address, parseCidrs(allow))).toBe(permitted);
  expect(permitsAddress(address, { ...production, allow: parseCidrs(allow) })).toBe(permitted);
});

test('without publicOnly every address is permitted, and only addresses', () => {
  const development: EgressPolicy = { httpsOnly: false, publicOnly: false, allow: [] };
  expect(permitsAddress('127.0.0.1', development)).toBe(true);
  expect(permitsAddress('::1', development)).toBe(true);
  expect(permitsAddress('receiver', development)).toBe(false);
});
