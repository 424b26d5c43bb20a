import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../support/process';
import { freePorts } from '../../support/temporal';
import { waitUntil } from '../../support/wait-until';
import { createFolder, type Daemon, giveToUser, startDaemon } from './daemon';
import { isPrimary } from './postgres-node';

const PROGRAM = '/usr/sbin/haproxy';
/** Within which it knows that one is not the primary: two checks, and some. */
const FALL_MS = 3_000;
/** The example that docs/production.md names. */
const EXAMPLE = join(ROOT, 'deploy/patroni/haproxy.cfg');

export interface Haproxy {
  /** Where clients connect. */
  port: number;
  start(): Promise<void>;
  kill(): Promise<void>;
}

/** A PostgreSQL, and where to ask whether it is the primary: `OPTIONS /primary`. */
export interface Backend {
  port: number;
  checkPort: number;
}

/**
 * Starts the example's HAProxy before two PostgreSQL; resolves when it takes connections.
 *
 * @param options.shutdownSessions false: connections to one that is no longer primary are kept.
 * @param options.slowChecks as Patroni's own example has them: it takes up to 9 s until one is down.
 */
export async function startHaproxy(
  backends: readonly [Backend, Backend],
  options: { shutdownSessions?: boolean; slowChecks?: boolean } = {},
): Promise<Haproxy> {
  const [port] = (await freePorts(1)) as [number];
  const file = join(createFolder('haproxy'), 'haproxy.cfg');
  const example = readFileSync(EXAMPLE, 'utf8');
  let text = example;
  if (options.shutdownSessions === false) {
    text = text.replace(' on-marked-down shutdown-sessions', '');
  }
  if (options.slowChecks === true) text = text.replace('inter 1s fall 2', 'inter 3s fall 3');
  writeFileSync(file, text);
  giveToUser(file);
  const env = {
    LISTEN: `127.0.0.1:${port}`,
    DATABASE_1: `127.0.0.1:${backends[0].port}`,
    DATABASE_1_CHECK_PORT: String(backends[0].checkPort),
    DATABASE_2: `127.0.0.1:${backends[1].port}`,
    DATABASE_2_CHECK_PORT: String(backends[1].checkPort),
  };
  let daemon: Daemon;
  const start = async (): Promise<void> => {
    daemon = startDaemon(PROGRAM, ['-db', '-f', file], { env });
    await waitUntil(
      () => listens(port),
      (listening) => listening,
    );
  };
  await start();
  // It begins by taking both for primaries.
  await sleep(options.slowChecks === true ? 10_000 : FALL_MS);
  return { port, start, kill: () => daemon.end('SIGKILL') };
}

/** Answers HAProxy's question in place of Patroni. */
export interface HealthCheck {
  port: number;
  /** Takes the place of asking the database whether it is the primary. */
  says: boolean | undefined;
  close(): void;
}

export async function startHealthCheck(databasePort: number): Promise<HealthCheck> {
  const server = createServer((_, response) => {
    void (async () => {
      const primary = check.says ?? (await isPrimary(databasePort));
      response.writeHead(primary ? 200 : 503).end();
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const check: HealthCheck = {
    port: (server.address() as AddressInfo).port,
    says: undefined,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return check;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
