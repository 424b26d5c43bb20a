import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';

/** An SMTP server on loopback that takes every message, unless it is told to refuse (RFC 5321, without extensions). */
export interface TestSmtpServer {
  url: string;
  /** Messages as they came: headers, an empty line, text. */
  messages: string[];
  /** Whether it refuses every sender, for good. */
  refuses: boolean;
  stop(): Promise<void>;
}

export async function startSmtpServer(): Promise<TestSmtpServer> {
  const messages: string[] = [];
  const server: Server = createServer((socket) => {
    let pending = '';
    let message: string[] | undefined;
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    say('220 loopback ESMTP');
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      const lines = (pending + chunk.toString('utf8')).split('\r\n');
      pending = lines.pop() ?? '';
      for (const line of lines) {
        if (message !== undefined) {
          if (line !== '.') message.push(line);
          else {
            messages.push(message.join('\n'));
            message = undefined;
            say('250 OK');
          }
        } else if (smtp.refuses && /^mail from/i.test(line)) {
          say('550 refused');
        } else if (/^data$/i.test(line)) {
          message = [];
          say('354 go on');
        } else if (/^quit$/i.test(line)) {
          say('221 bye');
          socket.end();
        } else say('250 OK');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const smtp: TestSmtpServer = {
    url: `smtp://127.0.0.1:${port}`,
    messages,
    refuses: false,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return smtp;
}
