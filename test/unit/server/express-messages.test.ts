import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expressMessages } from '@careerhooks/server';
import express, { type Express } from 'express';

/** Asks a server that hands everything to `app`, and tells what it handed over. */
async function ask(
  app: Express,
): Promise<{ prototypes: { request: unknown; response: unknown }; answer: Response }> {
  const messages = expressMessages(app);
  const prototypes: { request: unknown; response: unknown } = { request: null, response: null };
  const server: Server = createServer(
    messages,
    (request: IncomingMessage, response: ServerResponse) => {
      prototypes.request = Object.getPrototypeOf(request);
      prototypes.response = Object.getPrototypeOf(response);
      app(request, response);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/hello?name=Ada`);
    return { prototypes, answer };
  } finally {
    server.close();
  }
}

test('requests and responses are born with the prototypes that Express would set on them', async () => {
  const app = express();
  app.get('/hello', (request, response) => void response.json({ path: request.path }));

  const { prototypes } = await ask(app);

  expect(prototypes.request).toBe(app.request);
  expect(prototypes.response).toBe(app.response);
});

test('they do all that requests and responses of Express do', async () => {
  const app = express();
  app.get('/hello', (request, response) => {
    response.set('x-path', request.path).json({
      host: request.hostname,
      accepts: request.accepts('json'),
      app: request.app === app && response.app === app,
    });
  });

  const { answer } = await ask(app);

  expect(answer.headers.get('x-path')).toBe('/hello');
  expect(await answer.json()).toEqual({ host: '127.0.0.1', accepts: 'json', app: true });
});
