import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Received } from '@careerhooks/systems';

/** A receiver on this machine that keeps what it gets. */
export interface Receiver {
  url: string;
  /** By the id of the delivery. */
  received: Map<string, Received>;
  stop(): void;
}

/**
 * @param echoes whether it answers a verification challenge, which not every system's document asks
 * of a receiver.
 */
export async function startReceiver(echoes: boolean): Promise<Receiver> {
  const received = new Map<string, Received>();
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const message = JSON.parse(body.toString('utf8')) as { type?: string; challenge?: string };
      if (echoes && message.type === 'webhook.verify') {
        response.end(JSON.stringify({ challenge: message.challenge }));
        return;
      }
      received.set(String(request.headers['x-careerhooks-delivery-id']), {
        headers: request.headers,
        body,
      });
      response.end('OK');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    received,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
