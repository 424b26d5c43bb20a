import type { Transform } from 'node:stream';

import { decoderFor } from './decode-body';

interface BodyReaderOptions {
  headers: Readonly<Record<string, string>>;
  /** Most bytes to keep, counted after decompression. */
  limit: number;
  /** Called once: at the body's end, or as soon as no more of it is wanted. */
  onDone: (result: { body: Buffer; truncated: boolean }) => void;
  /** Called when bytes may be written again, after `write` returned false. */
  onReady: () => void;
}

/** Past this many pieces they are joined, so that a body sent byte by byte costs no more. */
const mostPieces = 64;

/**
 * Keeps a body up to the limit, decompressed.
 *
 * Decompression is streamed and follows the reader: it yields some 16 KiB at a time and stops at the
 * limit, so a bomb of any ratio costs one such piece and the limit, however much it would unfold
 * to. No length that the receiver declares is ever allocated.
 *
 * A compressed body that is damaged keeps what could be decoded, as truncated: the receiver has
 * answered, and its status counts.
 */
export class BodyReader {
  readonly #options: BodyReaderOptions;
  readonly #makeDecoder: ReturnType<typeof decoderFor>;
  #decoder: Transform | undefined;
  #pieces: Buffer[] = [];
  #length = 0;
  #done = false;

  constructor(options: BodyReaderOptions) {
    this.#options = options;
    this.#makeDecoder = decoderFor(options.headers['content-encoding']);
  }

  /** Takes bytes as they came; false asks to wait for `onReady`. */
  write(chunk: Buffer): boolean {
    const firstByte = chunk[0];
    if (this.#done || firstByte === undefined) return true;
    if (!this.#makeDecoder) {
      this.#keep(chunk);
      return true;
    }
    this.#decoder ??= this.#startDecoder(this.#makeDecoder(firstByte));
    return this.#decoder.write(chunk);
  }

  /** The body has ended. */
  end(): void {
    // Without a byte there is nothing to decode, whatever Content-Encoding says (204, HEAD).
    if (this.#decoder) this.#decoder.end();
    else this.#finish(false);
  }

  /** What was kept so far, for an answer that does not end. */
  get kept(): Buffer {
    return Buffer.concat(this.#pieces);
  }

  /** Drops everything; `onDone` will not be called any more. */
  destroy(): void {
    this.#done = true;
    this.#decoder?.destroy();
    this.#pieces = [];
  }

  #startDecoder(decoder: Transform): Transform {
    return decoder
      .on('data', (chunk: Buffer) => this.#keep(chunk))
      .on('end', () => this.#finish(false))
      .on('error', () => this.#finish(true))
      .on('drain', () => this.#options.onReady());
  }

  #keep(chunk: Buffer): void {
    if (this.#done) return;
    const room = this.#options.limit - this.#length;
    const piece = chunk.subarray(0, room);
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#pieces.length > mostPieces) this.#pieces = [Buffer.concat(this.#pieces)];
    // At the limit there is no waiting for the proof that more would come, since the receiver may
    // take its time: only a declared length can say that this was all.
    const all = !this.#makeDecoder && this.#options.headers['content-length'];
    if (
      chunk.length > room ||
      (this.#length === this.#options.limit && Number(all) !== this.#length)
    ) {
      this.#finish(true);
    }
  }

  #finish(truncated: boolean): void {
    if (this.#done) return;
    const body = this.kept;
    this.destroy();
    this.#options.onDone({ body, truncated });
  }
}
