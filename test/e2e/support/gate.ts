import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as ask,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** The way from CareerHooks to n8n, on which answers get lost. */
export interface Gate {
  /** What n8n calls its own address (`WEBHOOK_URL`). */
  url: string;
  /** Where n8n is, once it has started. */
  leadsTo: string;
  /** Of so many deliveries from now on, n8n's answer does not come back. */
  loses: number;
  /** Brings the last delivery to n8n once more, signed as it was; gives the status of n8n's answer. */
  repeat(): Promise<number>;
  stop(): Promise<void>;
}

interface Passed {
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Apart from challenges, which are signed alike. */
const isDelivery = ({ body }: Passed) => !body.includes('webhook.verify');

export async function startGate(): Promise<Gate> {
  let last: Passed | undefined;
  const server = createServer((incoming, response) => {
    void (async () => {
      const { url = '/', headers } = incoming;
      const passed = { path: url, headers, body: await buffer(incoming) };
      const answer = await pass(incoming.method ?? 'GET', gate.leadsTo, passed);
      const body = await buffer(answer);
      if (isDelivery(passed)) {
        last = passed;
        if (gate.loses > 0) {
          gate.loses -= 1;
          // As a proxy says that waits no longer.
          response.writeHead(504).end();
          return;
        }
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers).end(body);
    })().catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const gate: Gate = {
    url: `http://127.0.0.1:${port}`,
    leadsTo: '',
    loses: 0,
    async repeat() {
      if (last === undefined) throw new Error('No delivery has come yet.');
      const answer = await pass('POST', gate.leadsTo, last);
      answer.resume();
      return answer.statusCode ?? 0;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return gate;
}

function pass(method: string, base: string, { path, headers, body }: Passed) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const request = ask(`${base}${path}`, { method, headers }, resolve);
    request.on('error', reject);
    request.end(body);
  });
}
