import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { generateSigningKey, verify } from '@careerhooks/systems';
import type { ApiClient } from '../api-client';

/** A receiver for a developer's own machine. */
export interface Listener {
  endpointId: string;
  url: string;
  /** Deletes the endpoint again. */
  stop(): Promise<void>;
}

/**
 * Registers an endpoint of this machine with CareerHooks, answers its challenge,
 * verifies every delivery and prints it.
 */
export async function listen(settings: {
  api: ApiClient;
  system: string;
  events: string[];
  port: number;
  print: (line: string) => void;
}): Promise<Listener> {
  const { api, system, events, port, print } = settings;
  const signingKey = generateSigningKey();

  const server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => response.writeHead(status).end(body));
  });

  async function answer(request: IncomingMessage): Promise<{ status: number; body: string }> {
    const body = await buffer(request);
    const text = body.toString('utf8');
    const message = parse(text);
    const verdict = judge(request, body, signingKey);
    // Echoing what a stranger sends would prove this URL to anybody.
    if (message.type === 'webhook.verify' && verdict === 'verified') {
      return { status: 200, body: JSON.stringify({ challenge: message.challenge }) };
    }
    const { headers } = request;
    print(
      `${String(headers['x-careerhooks-event'])}  attempt ${String(headers['x-careerhooks-attempt'])}  ${verdict}`,
    );
    print(text);
    return verdict === 'verified' ? { status: 200, body: 'OK' } : { status: 401, body: verdict };
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${port}/`;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  const endpoint = await api
    .call<{ id: string; status: string }>('POST', '/v1/endpoints', {
      system,
      url,
      events,
      description: 'careerhooks listen',
      secret: signingKey,
    })
    .catch((error: unknown) => {
      close();
      throw error;
    });
  print(`Endpoint ${endpoint.id} is ${endpoint.status}: ${system} ${events.join(', ')} → ${url}`);

  return {
    endpointId: endpoint.id,
    url,
    async stop() {
      await api.call('DELETE', `/v1/endpoints/${endpoint.id}`).finally(close);
    },
  };
}

function parse(text: string): { type?: unknown; challenge?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function judge(request: IncomingMessage, body: Buffer, signingKey: string): string {
  try {
    verify({ headers: request.headers, body, keys: [signingKey] });
    return 'verified';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
