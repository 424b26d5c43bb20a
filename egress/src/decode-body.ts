import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** Makes the decoder for a body, given its first byte. */
type DecoderMaker = (firstByte: number) => Transform;

const decoders: Readonly<Record<string, DecoderMaker>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  // RFC 9110 means the zlib format by `deflate`, and some servers send the bare one. They differ in
  // the first byte: zlib's low four bits are 8, and no bare stream begins so in practice.
  deflate: (firstByte) => ((firstByte & 0x0f) === 8 ? createInflate() : createInflateRaw()),
  br: () => createBrotliDecompress(),
};

/**
 * The decoder for a Content-Encoding, or undefined where the body is to be kept as it came: no
 * encoding, one that is unknown, or several. Stacked encodings have no use in an answer of a few
 * kilobytes, and multiply the work that a small body can cause.
 */
export function decoderFor(contentEncoding: string | undefined): DecoderMaker | undefined {
  const encoding = contentEncoding?.trim().toLowerCase() ?? '';
  return Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
}
