import dgram from 'node:dgram';
import dns from 'node:dns';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import inspector from 'node:inspector';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import tls from 'node:tls';

/** What reaches beyond this process and is not covered by Node's permissions, by where it is. */
const WAYS_OUT: readonly [object, readonly string[]][] = [
  [net, ['connect', 'createConnection', 'createServer']],
  [net.Socket.prototype, ['connect']],
  [net.Server.prototype, ['listen']],
  [tls, ['connect', 'createServer']],
  [dgram, ['createSocket']],
  [dgram.Socket.prototype, ['bind', 'connect', 'send', 'addMembership']],
  [http, ['request', 'get', 'createServer']],
  [https, ['request', 'get', 'createServer']],
  [http2, ['connect', 'createServer', 'createSecureServer']],
  [dns, functionsOf(dns)],
  [dns.promises, functionsOf(dns.promises)],
  [dns.Resolver.prototype, functionsOf(dns.Resolver.prototype)],
  [dns.promises.Resolver.prototype, functionsOf(dns.promises.Resolver.prototype)],
  [globalThis, ['fetch', 'WebSocket', 'EventSource']],
  [inspector, ['open']],
  [os, ['setPriority']],
  [process, ['kill', 'binding', 'dlopen', '_debugProcess']],
];

/** Takes the network from this process, and what sends signals to others, for good. */
export function blockWaysOut(): void {
  for (const [owner, names] of WAYS_OUT) {
    for (const name of names) {
      const value = (): never => {
        throw new Error(`A theme has no network and no other processes: ${name} is refused.`);
      };
      Object.defineProperty(owner, name, { value, writable: false, configurable: false });
    }
  }
  syncBuiltinESMExports();
}

function functionsOf(owner: object): string[] {
  return Object.getOwnPropertyNames(owner).filter((name) => {
    const value: unknown = Object.getOwnPropertyDescriptor(owner, name)?.value;
    return typeof value === 'function' && /^(lookup|resolve|reverse)/.test(name);
  });
}
