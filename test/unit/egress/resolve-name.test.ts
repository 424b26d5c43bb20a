import { promises as dns } from 'node:dns';

import { createLookup } from '../../../egress/src/resolve-name';

const failing = (code: string) => Promise.reject(Object.assign(new Error(code), { code }));

let resolve4: jest.SpyInstance;
let resolve6: jest.SpyInstance;
let system: jest.SpyInstance;

beforeEach(() => {
  resolve4 = jest.spyOn(dns.Resolver.prototype, 'resolve4');
  resolve6 = jest.spyOn(dns.Resolver.prototype, 'resolve6');
  system = jest.spyOn(dns, 'lookup');
});

afterEach(() => jest.restoreAllMocks());

test('all addresses of both families are returned', async () => {
  resolve4.mockResolvedValue(['192.0.2.1', '192.0.2.2']);
  resolve6.mockResolvedValue(['2001:db8::1']);
  expect(await createLookup()('receiver.test')).toEqual(['192.0.2.1', '192.0.2.2', '2001:db8::1']);
  expect(system).not.toHaveBeenCalled();
});

test('one family is enough', async () => {
  resolve4.mockImplementation(() => failing('ETIMEOUT'));
  resolve6.mockResolvedValue(['2001:db8::1']);
  expect(await createLookup()('receiver.test')).toEqual(['2001:db8::1']);
});

test('a name that the name servers do not know is asked of the system', async () => {
  resolve4.mockImplementation(() => failing('ENOTFOUND'));
  resolve6.mockImplementation(() => failing('ENOTFOUND'));
  system.mockResolvedValue([{ address: '192.0.2.9', family: 4 }]);
  expect(await createLookup()('receiver')).toEqual(['192.0.2.9']);
});

test('a silent name server never reaches the system lookup, which would block a thread', async () => {
  resolve4.mockImplementation(() => failing('ENODATA'));
  resolve6.mockImplementation(() => failing('ETIMEOUT'));
  await expect(createLookup()('receiver.test')).rejects.toMatchObject({ code: 'ETIMEOUT' });
  expect(system).not.toHaveBeenCalled();
});

test.each(['localhost', 'LOCALHOST.', 'hooks.localhost'])('%s is asked of nobody', async (name) => {
  expect(await createLookup()(name)).toEqual(['127.0.0.1', '::1']);
  expect(resolve4).not.toHaveBeenCalled();
  expect(system).not.toHaveBeenCalled();
});

test('at most two system lookups run at once, and a failed one gives its place up', async () => {
  resolve4.mockImplementation(() => failing('ENOTFOUND'));
  resolve6.mockImplementation(() => failing('ENOTFOUND'));
  let running = 0;
  let most = 0;
  system.mockImplementation(async (name: string) => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running -= 1;
    return name === 'bad' ? failing('ENOTFOUND') : [{ address: '192.0.2.9', family: 4 }];
  });
  const lookup = createLookup();
  const names = ['a', 'bad', 'b', 'bad', 'c', 'bad', 'd'];
  const outcomes = await Promise.allSettled(names.map((name) => lookup(name)));
  expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual(
    names.map((name) => name !== 'bad'),
  );
  expect(most).toBe(2);
});
