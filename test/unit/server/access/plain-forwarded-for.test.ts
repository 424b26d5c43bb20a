import type { Request, Response } from 'express';
import { plainForwardedFor } from '../../../../server/src/access/plain-forwarded-for';

function plain(header: string | undefined): string | undefined {
  const request = { headers: { 'x-forwarded-for': header } };
  let passedOn = false;
  const response = undefined as unknown as Response;
  plainForwardedFor(request as unknown as Request, response, () => (passedOn = true));
  expect(passedOn).toBe(true);
  return request.headers['x-forwarded-for'];
}

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:51234', '203.0.113.7'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['2001:db8::1', '2001:db8::1'],
  ['[::ffff:203.0.113.7]:51234', '::ffff:203.0.113.7'],
  [' 203.0.113.7:1 ,[2001:db8::1]:2,10.0.0.1', '203.0.113.7, 2001:db8::1, 10.0.0.1'],
  [undefined, undefined],
])('%s stands for %s', (header, addresses) => {
  expect(plain(header)).toBe(addresses);
});

test.each(['unknown', '_hidden:80', '203.0.113.7:port', '203.0.113.7:123456', '[203.0.113.7', ''])(
  '%j is no address, and stays as it is',
  (header) => {
    expect(plain(header)).toBe(header);
  },
);
