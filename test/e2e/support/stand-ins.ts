import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** A request that n8n meant for a service on the internet. */
interface StandInRequest {
  host: string;
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  /** Parsed where it is JSON, else the text. */
  body: unknown;
}

/** What a stand-in answers: a text as it is, all else as JSON. */
interface StandInAnswer {
  status?: number;
  body: unknown;
}

/** Services on loopback that answer for hosts which n8n's own nodes have built in. */
export interface StandIns {
  /** What n8n has to be started with so that it meets them. */
  env: { NODE_EXTRA_CA_CERTS: string } & Record<string, string>;
  requests: StandInRequest[];
  /** Decides each answer, by host; a host that has none here answers 404. */
  answers: Record<string, ((request: StandInRequest) => StandInAnswer) | undefined>;
  /** Servers on loopback that take all requests of a host instead, by that host: their URLs. */
  servers: Record<string, string | undefined>;
  stop(): Promise<void>;
}

/**
 * A proxy that n8n tunnels through, and that ends the tunnel's TLS itself with a certificate that
 * n8n is told to trust. Nothing leaves the machine: a host without a stand-in is not reached either.
 *
 * @param hosts the names that the certificate is for.
 */
export async function startStandIns(hosts: string[]): Promise<StandIns> {
  const folder = await mkdtemp(join(tmpdir(), 'careerhooks-stand-ins-'));
  const certificate = await makeCertificate(folder, hosts);
  const requests: StandInRequest[] = [];
  const answers: StandIns['answers'] = {};
  const servers: StandIns['servers'] = {};

  const services = createTlsServer(certificate, (incoming, response) => {
    const server = servers[incoming.headers.host ?? ''];
    if (server !== undefined) {
      passOn(incoming, response, server);
      return;
    }
    void (async () => {
      const read = await readRequest(incoming);
      requests.push(read);
      const answer = answers[read.host]?.(read) ?? { status: 404, body: {} };
      const sent = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      const type = sent === answer.body ? 'application/xml' : 'application/json';
      response.writeHead(answer.status ?? 200, { 'content-type': type }).end(sent);
    })();
  });
  const proxy = createServer((_, response) => response.writeHead(405).end());
  proxy.on('connect', (_, socket) => {
    socket.on('error', () => undefined);
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    services.emit('connection', socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;

  return {
    env: {
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
      NO_PROXY: '127.0.0.1,localhost',
      NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem'),
    },
    requests,
    answers,
    servers,
    async stop() {
      proxy.closeAllConnections();
      services.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The server is told by which address it was asked, so that the URLs it writes lead here again. */
function passOn(incoming: IncomingMessage, response: ServerResponse, server: string): void {
  const { method, url, headers } = incoming;
  const sent = { ...headers, 'x-forwarded-proto': 'https' };
  const passed = request(`${server}${url}`, { method, headers: sent }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  passed.on('error', () => response.destroy());
  incoming.pipe(passed);
}

async function readRequest(incoming: IncomingMessage): Promise<StandInRequest> {
  const { method = '', url = '', headers } = incoming;
  const sent = await text(incoming);
  const json = headers['content-type']?.includes('json') === true && sent !== '';
  return {
    host: headers.host ?? '',
    method,
    path: url,
    headers,
    body: json ? (JSON.parse(sent) as unknown) : sent,
  };
}

async function makeCertificate(
  folder: string,
  hosts: string[],
): Promise<{ key: string; cert: string }> {
  const names = hosts.map((host) => `DNS:${host}`).join(',');
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-keyout', 'key.pem', '-out', 'cert.pem', '-days', '2', '-subj', '/CN=stand-ins.test'],
      ...['-addext', `subjectAltName=${names}`],
    ],
    { cwd: folder, stdio: 'ignore' },
  );
  const [key, cert] = await Promise.all(
    ['key.pem', 'cert.pem'].map((file) => readFile(join(folder, file), 'utf8')),
  );
  return { key: key ?? '', cert: cert ?? '' };
}
