import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Agent } from 'node:https';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { findProgram } from '../../interop/support/programs';
import { ROOT, startProcess, type TestProcess } from '../../support/process';
import { freePorts } from '../../support/temporal';
import { waitUntil } from '../../support/wait-until';

/** The name that deploy/proxies has its certificates for. */
const NAME = 'hooks.example.com';
/** deploy/proxies' files, and the programs that they are for. */
const FILES = { caddy: 'Caddyfile', nginx: 'nginx.conf', haproxy: 'haproxy.cfg' } as const;

export type ProxyName = keyof typeof FILES;
export const PROXIES = Object.keys(FILES) as ProxyName[];

/** A request from outside. */
export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Of the loopback network: where it comes from. */
  from?: string;
  /** On this one's kept connections; otherwise on a connection of its own. */
  agent?: Agent;
}

interface Answered {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** A proxy that runs from its file in deploy/proxies, with TLS, on loopback. */
export interface Proxy extends TestProcess {
  name: ProxyName;
  port: number;
  /** Sends one request, once; rejects where it gets no whole answer. */
  ask: (path: string, asked?: Asked) => Promise<Answered>;
  /** Sends this first line, and a body, as they are; resolves with all that comes back. */
  askRaw: (line: string, body?: string) => Promise<string>;
}

/** Where a proxy's files are that go with the test. */
interface Ground {
  folder: string;
  port: number;
  httpPort: number;
  /** Ports of the servers behind. */
  servers: readonly number[];
}

/** What runs a proxy, and says whether its file is in order. */
interface Start {
  args: string[];
  checkArgs: string[];
  env: Record<string, string>;
  /** The certificate, or who signs it, once it is there. */
  ca: string;
}

/**
 * Starts a proxy before the servers at these ports of loopback, once its own checker has found its
 * file in order; resolves when it answers.
 *
 * @param file in place of the one in deploy/proxies.
 */
export async function startProxy(
  name: ProxyName,
  servers: readonly number[],
  file = join(ROOT, 'deploy/proxies', FILES[name]),
): Promise<Proxy> {
  const [port, httpPort] = (await freePorts(2)) as [number, number];
  const folder = await mkdtemp(join(tmpdir(), `careerhooks-${name}-`));
  folders.push(folder);
  const ground = { folder, port, httpPort, servers };
  const { args, checkArgs, env, ca } = STARTS[name](ground, file);
  const program = findProgram(name) ?? name;
  const check = startProcess(program, checkArgs, env, { cwd: folder });
  if ((await check.exited).code !== 0) {
    throw new Error(`${name} refuses ${file}:\n${check.output()}`);
  }
  const child = startProcess(program, args, env, { cwd: folder });
  const trusted = await waitUntil(
    () => Promise.resolve(readIfThere(ca)),
    (text) => text !== '',
  );
  const way: Way = { host: '127.0.0.1', port, servername: NAME, ca: trusted };
  const ask: Proxy['ask'] = (path, asked = {}) => sendRequest(way, path, asked);
  await waitUntil(
    () => ask('/').catch(() => undefined),
    (answer) => answer !== undefined,
  ).catch((error: unknown) => {
    throw new Error(`${name} does not answer (${String(error)}):\n${child.output()}`);
  });
  return { ...child, name, port, ask, askRaw: (line, body) => sendRaw(way, line, body) };
}

const STARTS: Record<ProxyName, (ground: Ground, file: string) => Start> = {
  caddy({ folder, port, servers }, file) {
    const options = [
      'admin off',
      // An authority of its own in its own folder, for the certificate of a name that is not ours.
      'local_certs',
      'skip_install_trust',
      'auto_https disable_redirects',
      'default_bind 127.0.0.1',
    ];
    return {
      args: ['run', '--adapter', 'caddyfile', '--config', file],
      checkArgs: ['validate', '--adapter', 'caddyfile', '--config', file],
      env: {
        HOME: folder,
        XDG_DATA_HOME: folder,
        XDG_CONFIG_HOME: folder,
        CADDY_OPTIONS: options.join('\n'),
        SITE: `https://${NAME}:${port}`,
        SERVERS: servers.map((server) => `127.0.0.1:${server}`).join(' '),
      },
      ca: join(folder, 'caddy/pki/authorities/local/root.crt'),
    };
  },
  nginx({ folder, port, httpPort, servers }, file) {
    const certificate = makeCertificate(folder);
    // Its workers are somebody else, and keep large bodies here.
    chmodSync(folder, 0o755);
    const kept = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (program) => `${program}_temp_path ${folder}/${program};`,
    );
    const text = readFileSync(file, 'utf8')
      .replace(/^user .*$/m, root ? '$&' : '')
      .replace('/run/nginx.pid', `${folder}/nginx.pid`)
      .replace(/\/var\/log\/nginx\/error\.log/, 'stderr')
      .replace(/^ *access_log .*$/m, `access_log off;\n${kept.join('\n')}`)
      .replace('listen 80;', `listen 127.0.0.1:${httpPort};`)
      .replace('listen 443 ', `listen 127.0.0.1:${port} `)
      .replace(/\/etc\/ssl\/\S+\/fullchain\.pem/, certificate.chain)
      .replace(/\/etc\/ssl\/\S+\/privkey\.pem/, certificate.key)
      .replace(
        /( *)server 127\.0\.0\.1:3400 (.*)\n *server 127\.0\.0\.1:3401 .*\n/,
        (_, indent: string, rest: string) =>
          servers.map((server) => `${indent}server 127.0.0.1:${server} ${rest}\n`).join(''),
      );
    const copy = join(folder, 'nginx.conf');
    writeFileSync(copy, text);
    const args = ['-e', 'stderr', '-p', folder, '-c', copy];
    return {
      args: [...args, '-g', 'daemon off;'],
      checkArgs: ['-t', ...args],
      env: {},
      ca: certificate.chain,
    };
  },
  haproxy({ folder, port, httpPort, servers }, file) {
    const certificate = makeCertificate(folder);
    let used = file;
    if (!root) {
      used = join(folder, 'haproxy.cfg');
      writeFileSync(used, readFileSync(file, 'utf8').replace(/^ *(user|group) .*$/gm, ''));
    }
    const [first, second] = servers;
    return {
      args: ['-db', '-f', used],
      checkArgs: ['-c', '-f', used],
      env: {
        LOG: 'stderr',
        LISTEN: `127.0.0.1:${port}`,
        LISTEN_HTTP: `127.0.0.1:${httpPort}`,
        CERTIFICATE: certificate.both,
        SERVER_1: `127.0.0.1:${first}`,
        ...(second !== undefined && { SERVER_2: `127.0.0.1:${second}` }),
      },
      ca: certificate.chain,
    };
  },
};

/** Who may become somebody else, as the files have it. */
const root = process.getuid?.() === 0;
const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** A certificate for the name, signed by itself, and its key: apart, and in one file. */
function makeCertificate(folder: string): { chain: string; key: string; both: string } {
  const [chain, key, both] = ['fullchain.pem', 'privkey.pem', 'both.pem'].map((file) =>
    join(folder, file),
  ) as [string, string, string];
  const how = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2'.split(' ');
  const whose = ['-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME}`];
  const args = ['req', '-x509', ...how, ...whose, '-keyout', key, '-out', chain];
  execFileSync(findProgram('openssl') ?? 'openssl', args, { stdio: 'ignore' });
  writeFileSync(both, readFileSync(chain, 'utf8') + readFileSync(key, 'utf8'));
  return { chain, key, both };
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** To a proxy: where it listens, and how it is known. */
interface Way {
  host: string;
  port: number;
  servername: string;
  ca: string;
}

function sendRequest(
  way: Way,
  path: string,
  { method = 'GET', headers = {}, body, from, agent }: Asked,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request({
      ...way,
      path,
      method,
      localAddress: from,
      agent: agent ?? false,
      headers: {
        host: `${NAME}:${way.port}`,
        ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
        ...headers,
      },
    });
    sent.on('error', reject).on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    sent.end(body);
  });
}

function sendRaw(way: Way, line: string, body = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...way, ALPNProtocols: ['http/1.1'] }, () => {
      socket.write(`${line}\r\nHost: ${NAME}:${way.port}\r\nConnection: close\r\n\r\n${body}`);
    });
    let received = '';
    socket.setEncoding('utf8').on('data', (text: string) => (received += text));
    socket.on('error', reject).on('close', () => resolve(received));
  });
}
