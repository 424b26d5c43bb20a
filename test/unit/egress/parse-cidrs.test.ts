import { parseCidrs } from '@careerhooks/egress';

test.each<[string, string[]]>([
  ['', []],
  [' , ,', []],
  ['10.1.2.3/8', ['10.0.0.0/8']],
  ['10.0.0.0/8, 192.168.1.0/24', ['10.0.0.0/8', '192.168.1.0/24']],
  ['127.0.0.1', ['127.0.0.1/32']],
  ['::1', ['::1/128']],
  ['FD00:0::1/8', ['fd00::/8']],
  ['::ffff:10.0.0.0/104', ['10.0.0.0/8']],
  ['::ffff:10.1.2.3', ['10.1.2.3/32']],
  ['0.0.0.0/0,::/0', ['0.0.0.0/0', '::/0']],
])('%j is %j', (text, cidrs) => {
  expect(parseCidrs(text)).toEqual(cidrs);
  expect(parseCidrs(cidrs.join(','))).toEqual(cidrs);
});

test.each([
  '10.0.0.0/33',
  '::/129',
  '10.0.0.0/',
  '10.0.0.0/-1',
  '10.0.0.0/8/8',
  '10.0.0.0/ 8',
  '10/8',
  '10.0.0/8',
  '010.0.0.0/8',
  '0x0a.0.0.0/8',
  'fe80::1%eth0/64',
  'localhost',
  '/8',
])('%s is named as the bad entry', (entry) => {
  expect(() => parseCidrs(`127.0.0.0/8, ${entry}`)).toThrow(RangeError);
  expect(() => parseCidrs(`127.0.0.0/8, ${entry}`)).toThrow(`"${entry}"`);
});
