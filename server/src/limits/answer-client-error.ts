import { STATUS_CODES, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Problem } from '../problems/problem';

/**
 * Answers what never becomes a request, because it is not HTTP, is too large or comes too slowly, as
 * the native API answers: which API it was for is not known. Node's own answers have no body.
 */
export function answerClientErrors(server: Server): void {
  const underWay = new WeakMap<Duplex, ServerResponse>();
  // First, since the application may answer at once.
  server.prependListener('request', (request, response) => {
    underWay.set(request.socket, response);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const response = underWay.get(socket);
    const answering = response?.headersSent === true && !response.writableFinished;
    if (error.code === 'ECONNRESET' || !socket.writable || answering) {
      socket.destroy();
      return;
    }
    socket.end(rawAnswer(problemOf(error)), () => socket.destroy());
  });
}

function problemOf({ code }: NodeJS.ErrnoException): Problem {
  if (code === 'HPE_HEADER_OVERFLOW' || code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') {
    return new Problem('headers_too_large', 'Send at most 16 KiB of headers.');
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new Problem('request_timeout', 'Send the headers within 10 s, all of it within 30 s.');
  }
  return new Problem('malformed_request', 'Send HTTP/1.1, as RFC 9112 has it.');
}

function rawAnswer(problem: Problem): string {
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
