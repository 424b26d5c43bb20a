import { connect } from 'node:net';

/** What came back on a connection until the server closed it. */
export interface RawAnswer {
  status: number;
  headers: string;
  body: string;
}

/** Opens a connection, sends the bytes as they are, and waits for the server to close it. */
export function exchange(url: string, ...sent: string[]): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) }, () => {
      for (const bytes of sent) socket.write(bytes);
    });
    let received = '';
    socket.setEncoding('utf8').on('data', (text: string) => (received += text));
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', ...rest] = received.split('\r\n\r\n');
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
        headers: head.toLowerCase(),
        body: rest.join('\r\n\r\n'),
      });
    });
  });
}

/** Lines of a request, as they go over the wire. */
export function request(...lines: string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`;
}
