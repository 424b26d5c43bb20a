import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A problem code that the document of today does not know. */
export const LATER_CODE = 'code_of_a_later_version';

/** A server in front of another. */
export interface LaterServer {
  url: string;
  stop(): Promise<void>;
}

/**
 * The server at `target` as a later version may be: every object of its answers has one field more
 * than the document of today says, and an unknown event type is a problem with a code of its own.
 */
export async function startLaterServer(target: string): Promise<LaterServer> {
  const server = createServer((request, response) => {
    answer(target, request, response).catch((error: unknown) => {
      response.writeHead(502).end(String(error));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((stopped) => server.close(stopped));
    },
  };
}

async function answer(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await buffer(request);
  const given = await fetch(new URL(request.url ?? '/', target), {
    method: request.method ?? 'GET',
    headers: passedOn(request),
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
  const type = given.headers.get('content-type') ?? '';
  const json: unknown = await given.json();
  response.writeHead(given.status, { 'content-type': type }).end(JSON.stringify(extended(json)));
}

/** The headers that the API reads. */
function passedOn({ headers }: IncomingMessage): Record<string, string> {
  const names = ['authorization', 'content-type', 'accept', 'idempotency-key'];
  const pairs = names.map((name) => [name, headers[name]] as const);
  return Object.fromEntries(
    pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

function extended(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(extended);
  if (typeof json !== 'object' || json === null) return json;
  const fields = Object.entries(json).map(
    ([name, value]) =>
      [name, value === 'unknown_event_type' ? LATER_CODE : extended(value)] as const,
  );
  return { ...Object.fromEntries(fields), added_later: 'by a later version' };
}
