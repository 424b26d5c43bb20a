import fc from 'fast-check';

import { AnswerHead } from '../../../egress/src/answer-head';

/** What comes out of a connection's answers, each a list of pieces. */
function passed(...answers: string[][]): string {
  const head = new AnswerHead();
  return answers
    .flatMap((pieces) => {
      head.expect();
      return pieces.map((piece) => head.pass(Buffer.from(piece, 'latin1')));
    })
    .map((bytes) => bytes?.toString('latin1') ?? '')
    .join('');
}

const answer = fc
  .tuple(
    fc.constantFrom('', 'HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n'),
    fc.constantFrom('', 'HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.0 100 x\r\na: b\r\n c\r\n\r\n'),
    fc.constantFrom('HTTP/1.1 200 OK', 'HTTP/1.0 503 ', 'HTTP/1.1 410'),
    fc.array(fc.constantFrom('\r\nx: y', '\r\nx:\r\n y', '\r\nx: y\r\n\t z', '\r\nx: \xe9\r\n  ')),
    fc.string({ unit: fc.constantFrom('\r', '\n', ' ', 'HTTP/1.1 100 Continue\r\n\r\n', 'a') }),
  )
  .map(([hints, more, status, headers, body]) => ({
    sent: `${hints}${more}${status}${headers.join('')}\r\n\r\n${body}`,
    taken: `${hints}${status}${headers.map(onOneLine).join('')}\r\n\r\n${body}`,
  }));

function onOneLine(header: string): string {
  return `\r\n${header.slice(2).replace(/[ \t]*\r\n[ \t]+/g, ' ')}`;
}

function cut(text: string, places: readonly number[]): string[] {
  const at = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, index) => text.slice(from, at[index]));
}

test('an answer is the same however its bytes are cut, and so is the next one', () => {
  fc.assert(
    fc.property(answer, answer, fc.array(fc.nat()), (first, second, places) => {
      expect(passed(cut(first.sent, places), cut(second.sent, places))).toBe(
        first.taken + second.taken,
      );
    }),
  );
});

test.each([
  ['what is not HTTP/1', '220 mail.example.com ESMTP\r\n'],
  ['HTTP/2', '\x00\x00\x04\x00'],
  ['a status line that is none', 'HTTP/1.1 2x0 OK\r\nx'],
  ['a line that is no header', 'HTTP/1.1 200 OK\r\nx: y\r\nno header\r\nx'],
  ['a line that ends in LF alone', 'HTTP/1.1 200 OK\nx'],
  ['a head without end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}`],
  ['white space before the first header', 'HTTP/1.1 200 OK\r\n x: y\r\na: b\r\n c\r\n\r\n'],
  ['an upgrade', 'HTTP/1.1 101 Switching\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n'],
])('%s is left to the parser as it is', (_, bytes) => {
  expect(passed([bytes])).toBe(bytes);
});
