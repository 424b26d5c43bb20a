/**
 * An answer's head is looked at up to this many bytes, which is where undici gives up on it
 * (`maxHeaderSize`). What is longer is passed on as it is.
 */
const mostHeadBytes = 16 * 1024;

const endOfHead = '\r\n\r\n';
const statusAt = 'HTTP/1.1 '.length;

/**
 * Makes of the bytes that a receiver sends those that undici's strict parser takes, where HTTP lets
 * a server send more than that:
 * - a `100 Continue` that nobody asked for is left out (RFC 9110, 15.2: a client has to be able to
 *   parse interim answers that it did not expect);
 * - a header that is folded over several lines is put on one (RFC 9112, 5.2).
 *
 * A head is held back until it is complete, as long as its lines are such as a head may have. All else,
 * bodies above all, goes through untouched: what is wrong with it is the parser's to say, at once.
 */
export class AnswerHead {
  #held: Buffer | undefined;
  /** Where in what is held the first line begins that was not looked at. */
  #lookedAt = 0;
  #expected = false;

  /** A request goes out: the next bytes begin with the head of its answer. */
  expect(): void {
    this.#expected = true;
    this.#held = undefined;
    this.#lookedAt = 0;
  }

  /** What of the bytes can be parsed now; undefined where that is nothing yet. */
  pass(chunk: Buffer): Buffer | undefined {
    if (!this.#expected) return chunk;
    let rest = this.#held === undefined ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = undefined;
    const heads: Buffer[] = [];
    while (this.#expected && rest.length > 0) {
      const end = beginsAnswer(rest) ? rest.indexOf(endOfHead) : -1;
      if (end < 0) {
        if (this.#mayStillEnd(rest)) rest = this.#hold(rest);
        else this.#expected = false;
        continue;
      }
      const head = rest.subarray(0, end + endOfHead.length);
      rest = rest.subarray(head.length);
      this.#lookedAt = 0;
      const status = head.toString('latin1', statusAt, statusAt + 3);
      if (status === '100') continue;
      // Of the others, undici skips 102 and 103, and the head that counts follows; 101 ends HTTP here.
      this.#expected = status.startsWith('1') && status !== '101';
      heads.push(unfold(head));
    }
    if (heads.length === 0) return rest.length > 0 ? rest : undefined;
    return Buffer.concat([...heads, rest]);
  }

  #mayStillEnd(bytes: Buffer): boolean {
    if (!beginsAnswer(bytes) || bytes.length >= mostHeadBytes) return false;
    for (let end; (end = bytes.indexOf('\n', this.#lookedAt) + 1) > 0; this.#lookedAt = end) {
      const line = bytes.toString('latin1', this.#lookedAt, end);
      if (!(this.#lookedAt === 0 ? statusLine : headerLine).test(line)) return false;
    }
    return true;
  }

  #hold(bytes: Buffer): Buffer {
    this.#held = bytes;
    return Buffer.alloc(0);
  }
}

const protocol = Buffer.from('HTTP/1.');
const statusLine = /^HTTP\/1\.\d \d{3}(?: [^\n]*)?\r\n$/;
/** A header, or the next line of one that is folded. */
const headerLine = /^(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+:|[ \t])[^\n]*\r\n$/;

/** Whether the bytes are the beginning of an HTTP/1 answer, as far as they go. */
function beginsAnswer(bytes: Buffer): boolean {
  const length = Math.min(bytes.length, protocol.length);
  return bytes.compare(protocol, 0, length, 0, length) === 0;
}

function unfold(head: Buffer): Buffer {
  if (!head.includes('\n ') && !head.includes('\n\t')) return head;
  const text = head.toString('latin1');
  const status = text.slice(0, text.indexOf('\n') + 1);
  const headers = text.slice(status.length);
  // White space before the first header continues nothing: the parser refuses it.
  if (/^[ \t]/.test(headers)) return head;
  return Buffer.from(status + headers.replace(/[ \t]*\r?\n[ \t]+/g, ' '), 'latin1');
}
