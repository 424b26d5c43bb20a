import { createServer as createPlainServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';

/** An SMTP server on loopback that takes every message, unless it is told to refuse (RFC 5321). */
export interface TestSmtpServer {
  url: string;
  port: number;
  /** Messages as they came: headers, an empty line, text. */
  messages: string[];
  /** Each command's verb, with `(TLS)` where nobody could read along; of AUTH, what was sent with it. */
  commands: string[];
  /** MAIL and RCPT as they came: addresses, and what is asked for with them. */
  envelope: string[];
  /** Whether it refuses every sender, for good. */
  refuses: boolean;
  /** Milliseconds between one byte of an answer to EHLO and the next, which never ends. */
  trickles: number;
  stop(): Promise<void>;
}

/** What it can do beyond the minimum. */
export interface SmtpAbilities {
  /** Its certificate: STARTTLS is offered (RFC 3207). */
  tls?: { key: string; cert: string };
  /** It speaks TLS from the first byte on. */
  implicit?: boolean;
  /** AUTH PLAIN is offered (RFC 4954). */
  auth?: boolean;
  /** SMTPUTF8 is offered (RFC 6531). */
  utf8?: boolean;
}

export async function startSmtpServer(abilities: SmtpAbilities = {}): Promise<TestSmtpServer> {
  const sockets = new Set<Socket>();
  const trickling = new Set<NodeJS.Timeout>();
  const { tls } = abilities;
  const converse = (socket: Socket): void => {
    let pending = '';
    let message: string[] | undefined;
    const isSecret = socket instanceof TLSSocket;
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    socket.on('error', () => undefined);
    const listen = (chunk: Buffer): void => {
      const lines = (pending + chunk.toString('utf8')).split('\r\n');
      pending = lines.pop() ?? '';
      for (const line of lines) answer(line);
    };
    const answer = (line: string): void => {
      if (message !== undefined) {
        if (line !== '.') message.push(line);
        else {
          smtp.messages.push(message.join('\n'));
          message = undefined;
          say('250 OK');
        }
        return;
      }
      const [verb = ''] = line.toUpperCase().split(' ');
      if (verb === 'MAIL' || verb === 'RCPT') smtp.envelope.push(line);
      smtp.commands.push((verb === 'AUTH' ? line : verb) + (isSecret ? ' (TLS)' : ''));
      if (verb === 'EHLO' && smtp.trickles > 0) {
        trickling.add(setInterval(() => socket.write('2'), smtp.trickles));
      } else if (verb === 'EHLO') {
        if (tls && !isSecret) say('250-STARTTLS');
        if (abilities.utf8 === true) say('250-SMTPUTF8');
        if (abilities.auth === true) say('250-AUTH PLAIN');
        say('250 loopback');
      } else if (verb === 'STARTTLS' && tls) {
        say('220 go on');
        socket.off('data', listen);
        converse(new TLSSocket(socket, { isServer: true, ...tls }));
      } else if (verb === 'STARTTLS') say('502 not here');
      else if (verb === 'AUTH') say(abilities.auth === true ? '235 OK' : '503 not here');
      else if (smtp.refuses && verb === 'MAIL') say('550 refused');
      else if (verb === 'DATA') {
        message = [];
        say('354 go on');
      } else if (verb === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say('250 OK');
    };
    socket.on('data', listen);
  };
  const greet = (socket: Socket): void => {
    sockets.add(socket);
    socket.write('220 loopback ESMTP\r\n');
    converse(socket);
  };
  const implicit = abilities.implicit === true;
  const server: Server = implicit ? createTlsServer({ ...tls }, greet) : createPlainServer(greet);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const smtp: TestSmtpServer = {
    url: `${implicit ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    port,
    messages: [],
    commands: [],
    envelope: [],
    refuses: false,
    trickles: 0,
    async stop() {
      for (const timer of trickling) clearInterval(timer);
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return smtp;
}
