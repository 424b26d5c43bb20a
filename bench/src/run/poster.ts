import { Agent, request } from 'node:http';

/** POSTs over kept-alive connections, one for each request that is under way. */
export interface Poster {
  /** Opens so many connections to the server of `url`, for the POSTs that follow. */
  connect(url: string, count: number): Promise<void>;
  /** The status, once the whole answer has come. */
  post(url: string, headers: Record<string, string>, body: Buffer): Promise<number>;
  close(): void;
}

/** The leanest client that Node has: what is measured should not be the client. */
export function createPoster(): Poster {
  const agent = new Agent({ keepAlive: true });

  function send(
    url: string | URL,
    options: { method: string; headers?: Record<string, string | number> },
    body?: Buffer,
  ): Promise<number> {
    return new Promise((resolve, reject) => {
      const sending = request(url, { agent, ...options }, (response) => {
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.on('error', reject);
        response.resume();
      });
      sending.on('error', reject);
      sending.end(body);
    });
  }

  return {
    async connect(url, count) {
      const health = new URL('/healthz', url);
      await Promise.all(Array.from({ length: count }, () => send(health, { method: 'GET' })));
    },
    post: (url, headers, body) =>
      send(
        url,
        {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'content-length': body.length,
            ...headers,
          },
        },
        body,
      ),
    close: () => agent.destroy(),
  };
}
