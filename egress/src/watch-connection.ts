import type { Socket } from 'node:net';

import { AnswerHead } from './answer-head';

/** What a request's connection shows of it, beside what undici tells. */
export interface Passage {
  /** The connection carried another request before this one. */
  reused: boolean;
  /** A byte came back since this request went out. */
  answered: boolean;
}

/**
 * Knows of each request which connection carries it, and what came back on that.
 *
 * undici tells neither, and its parser is stricter than receivers are, so that the bytes are seen
 * where they pass: each socket's `read` and `write` are taken over, which is how undici's HTTP/1
 * client reads and writes.
 */
export class ConnectionWatch {
  #departing: Passage | undefined;

  /**
   * A request is about to be written: to be called within undici's `onRequestStart`, after which
   * it writes the request in the same turn.
   */
  depart(): Passage {
    return (this.#departing = { reused: false, answered: false });
  }

  /** Watches a connection that was opened and carried nothing yet. */
  watch(socket: Socket): void {
    const read = socket.read.bind(socket);
    const write = socket.write.bind(socket) as (...given: unknown[]) => boolean;
    const head = new AnswerHead();
    let passage: Passage | undefined;

    socket.write = (...given: unknown[]) => {
      if (this.#departing !== undefined) {
        this.#departing.reused = passage !== undefined;
        passage = this.#departing;
        this.#departing = undefined;
        head.expect();
      }
      return write(...given);
    };
    socket.read = (size?: number): Buffer | null => {
      for (;;) {
        const chunk = read(size) as Buffer | null;
        if (chunk === null) return null;
        if (passage !== undefined) passage.answered = true;
        const parsable = head.pass(chunk);
        if (parsable !== undefined) return parsable;
      }
    };
  }
}
