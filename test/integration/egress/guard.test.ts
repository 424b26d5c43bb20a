import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';

import type { EgressPolicy, Lookup } from '@careerhooks/egress';

import { createConnector } from '../../../egress/src/connect';
import {
  client,
  closeAll,
  development,
  failure,
  guarded,
  listen,
  post,
  receiver,
} from './loopback';

afterEach(closeAll);

/** Two receivers on one port: 127.0.0.1, which the policy exempts, and 127.0.0.2, which it does not. */
async function goodAndBad() {
  const reached: string[] = [];
  const listener = (name: string) =>
    createServer((_, response) => {
      reached.push(name);
      response.end();
    });
  const bad = listener('bad');
  bad.on('connection', () => reached.push('bad connection'));
  const port = await listen(listener('good'));
  await listen(bad, '127.0.0.2', port);
  return { reached, url: `http://receiver.test:${port}/` };
}

function answering(...answers: string[][]): { lookup: Lookup; asked: string[] } {
  const asked: string[] = [];
  const lookup: Lookup = (hostname) => {
    asked.push(hostname);
    return Promise.resolve(answers[asked.length - 1] ?? answers.at(-1)!);
  };
  return { lookup, asked };
}

test.each<[string, string[], string[] | string]>([
  ['a permitted address', ['127.0.0.1'], ['good']],
  ['a permitted address, IPv4-mapped', ['::ffff:127.0.0.1'], ['good']],
  ['a forbidden address', ['127.0.0.2'], 'private_address'],
  ['a forbidden address, IPv4-mapped', ['::ffff:127.0.0.2'], 'private_address'],
  ['a permitted and a forbidden address', ['127.0.0.1', '127.0.0.2'], 'private_address'],
  ['a forbidden and a permitted address', ['127.0.0.2', '127.0.0.1'], 'private_address'],
  ['a permitted and the IPv6 loopback address', ['127.0.0.1', '::1'], 'private_address'],
  ['a link-local address with a zone', ['fe80::1%lo'], 'private_address'],
  ['something that is no address', ['127.0.0.1', 'metadata'], 'private_address'],
  ['nothing', [], 'dns_no_address'],
])('a name that resolves to %s', async (_, addresses, expected) => {
  const { reached, url } = await goodAndBad();
  const { lookup, asked } = answering(addresses);
  const request = client(guarded, { lookup }).request(post(`${url}secret`));
  if (typeof expected === 'string') {
    const error = await failure(request);
    expect(error).toMatchObject({ code: expected, stage: 'before' });
    expect(error.message).not.toMatch(/secret|127\.0/);
    expect(reached).toEqual([]);
  } else {
    expect(await request).toMatchObject({ status: 200 });
    expect(reached).toEqual(expected);
  }
  expect(asked).toEqual(['receiver.test']);
});

test('rebinding: the address that was judged is the one connected to', async () => {
  const { reached, url } = await goodAndBad();
  const { lookup, asked } = answering(['127.0.0.1'], ['127.0.0.2']);
  const egress = client(guarded, { lookup });

  await egress.request(post(url));
  expect(asked).toHaveLength(1);
  expect(reached).toEqual(['good']);

  // The connection is kept (undici offers it again a moment later): same address, no resolution.
  await setTimeout(50);
  await egress.request(post(url));
  expect(asked).toHaveLength(1);
  expect(reached).toEqual(['good', 'good']);

  // A new connection resolves once more, and is judged by that answer.
  const error = await failure(client(guarded, { lookup }).request(post(url)));
  expect(error.code).toBe('private_address');
  expect(asked).toHaveLength(2);
  expect(reached).toEqual(['good', 'good']);
});

test('the next vetted address is tried when one refuses', async () => {
  const { url } = await receiver((_, response) => response.end());
  const { lookup } = answering(['127.0.0.3', '127.0.0.1']);
  const named = url.replace('127.0.0.1', 'receiver.test');
  expect(await client(development, { lookup }).request(post(named))).toMatchObject({ status: 200 });
});

test.each(['127.0.0.2', '[::1]', '0x7f.2', '[::ffff:127.0.0.2]', 'localhost'])(
  'http://%s is refused with neither lookup nor connection',
  async (host) => {
    const { reached, url } = await goodAndBad();
    const { lookup, asked } = answering(['127.0.0.1']);
    const error = await failure(
      client(guarded, { lookup }).request(post(url.replace('receiver.test', host))),
    );
    expect(error.code).toBe('private_address');
    expect(asked).toEqual([]);
    expect(reached).toEqual([]);
  },
);

test('the connector judges literal addresses on its own', async () => {
  const { reached, url } = await goodAndBad();
  const { lookup } = answering(['127.0.0.1']);
  const connect = createConnector({ policy: guarded, lookup, connectTimeoutMs: 1_000 });
  const { port, protocol } = new URL(url);
  const error = await new Promise((resolve) => {
    connect({ hostname: '127.0.0.2', port, protocol }, (...[problem]) => resolve(problem));
  });
  expect(error).toMatchObject({ code: 'private_address' });
  expect(reached).toEqual([]);
});

test.each([
  ['ENOTFOUND', 'dns_no_address'],
  ['ENODATA', 'dns_no_address'],
  ['ESERVFAIL', 'dns_failed'],
  ['EAI_AGAIN', 'dns_failed'],
])('a lookup that fails with %s: %s', async (code, expected) => {
  const lookup: Lookup = () => Promise.reject(Object.assign(new Error('secret'), { code }));
  const error = await failure(
    client(guarded, { lookup }).request(post('http://receiver.test/secret')),
  );
  expect(error).toMatchObject({ code: expected, stage: 'before' });
  expect(error.message).not.toMatch(/secret/);
});

test.each([
  ['http://127.0.0.1:PORT/', 'url_scheme'],
  ['https://user:secret@127.0.0.1:PORT/', 'url_credentials'],
  ['https://127.0.0.1:0/', 'url_port'],
  ['127.0.0.1', 'invalid_url'],
])('%s in production: %s', async (template, expected) => {
  let connections = 0;
  const { url, server } = await receiver((_, response) => response.end());
  server.on('connection', () => (connections += 1));
  const production: EgressPolicy = { ...guarded, httpsOnly: true };
  const error = await failure(
    client(production).request(post(template.replace('PORT', new URL(url).port))),
  );
  expect(error.code).toBe(expected);
  expect(connections).toBe(0);
});
