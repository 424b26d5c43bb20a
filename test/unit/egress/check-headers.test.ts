import { checkHeaders, EgressError } from '@careerhooks/egress';

test.each<[Record<string, string>]>([
  [{}],
  [{ 'content-type': 'application/json', 'Webhook-Id': 'msg_1', 'x-empty': '' }],
  [{ authorization: 'Bearer a.b-c_d~e+f/g==', 'x-latin1': 'café', 'x-tab': 'a\tb' }],
])('%j can be sent', (headers) => {
  expect(() => checkHeaders(headers)).not.toThrow();
});

test.each<[Record<string, string>, string]>([
  [{ '': 'secret' }, '""'],
  [{ 'x y': 'secret' }, '"x y"'],
  [{ 'x:': 'secret' }, '"x:"'],
  [{ 'x\r\ny': 'secret' }, '"x\\r\\ny"'],
  [{ 'x-é': 'secret' }, '"x-é"'],
  [{ 'x-a': 'secret\r\nx-b: 1' }, '"x-a"'],
  [{ 'x-a': 'secret\n' }, '"x-a"'],
  [{ 'x-a': 'secret\0' }, '"x-a"'],
  [{ 'x-a': 'secret €' }, '"x-a"'],
  [{ 'x-a': 1 as unknown as string }, '"x-a"'],
  [{ 'x-a': '1', 'X-A': '2' }, '"X-A"'],
  [{ Host: 'secret' }, '"Host"'],
  [{ 'Content-Length': '1' }, '"Content-Length"'],
  [{ 'transfer-encoding': 'chunked' }, '"transfer-encoding"'],
  [{ connection: 'upgrade' }, '"connection"'],
  [{ expect: '100-continue' }, '"expect"'],
])('%j is refused by name', (headers, name) => {
  const check = () => checkHeaders(headers);
  expect(check).toThrow(EgressError);
  expect(check).toThrow(name);
  expect(check).not.toThrow('secret');
  expect(check).toThrow(expect.objectContaining({ code: 'invalid_header' }) as Error);
});
