import { inflateSync } from 'node:zlib';

/** A picture that can be drawn. */
export interface Picture {
  data: Buffer;
}

/** More pixels than a CV needs, and fewer than fill the memory. */
const MOST_PIXELS = 16_000_000;

/**
 * The JPEG or PNG in a `data:` URL; undefined for an address elsewhere, which nothing is fetched from.
 * Throws an Error that says what is wrong with a picture that cannot be drawn.
 */
export function readPicture(url: string | undefined): Picture | undefined {
  const [, base64] = /^data:[^,]*;base64,(.*)$/s.exec(url ?? '') ?? [];
  if (base64 === undefined) return undefined;
  const data = Buffer.from(base64, 'base64');
  if (data.subarray(0, 8).equals(PNG)) checkPng(data);
  else if (data.readUInt16BE(0) === 0xffd8) checkJpeg(data);
  else throw new Error('it is neither a JPEG nor a PNG');
  return { data };
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Samples of a pixel by the colour type. */
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * pdfkit decodes some PNGs while nobody listens, so that a broken one would end the process: all of it
 * is looked at before.
 */
function checkPng(data: Buffer): void {
  const chunks = chunksOf(data);
  const [header, ...others] = chunks.flatMap(({ type, content }) =>
    type === 'IHDR' ? [content] : [],
  );
  if (header?.length !== 13 || others.length > 0) throw new Error('it has not one header');
  if (chunks.at(-1)?.type !== 'IEND') throw new Error('it ends too early');
  if (header[12] !== 0) throw new Error('it is interlaced: save it without that');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  checkSize(width, height);
  const samples = SAMPLES[header[9] ?? -1];
  if (samples === undefined || ![1, 2, 4, 8, 16].includes(header[8] ?? 0))
    throw new Error('its colours are of no kind that PNG has');
  if (header[9] === 3 && !chunks.some(({ type }) => type === 'PLTE')) {
    throw new Error('it has no palette');
  }
  const bits = samples * (header[8] ?? 0);
  const row = 1 + Math.ceil((width * bits) / 8);
  const packed = Buffer.concat(
    chunks.flatMap(({ type, content }) => (type === 'IDAT' ? [content] : [])),
  );
  const pixels = inflateSync(packed, { maxOutputLength: 9 * MOST_PIXELS });
  if (pixels.length < row * height) throw new Error('it ends too early');
  for (let at = 0; at < row * height; at += row) {
    if ((pixels[at] ?? 0) > 4) throw new Error('a line of it cannot be decoded');
  }
}

function chunksOf(data: Buffer): { type: string; content: Buffer }[] {
  const chunks = [];
  for (let at = PNG.length; at + 8 <= data.length;) {
    const length = data.readUInt32BE(at);
    const type = data.toString('latin1', at + 4, at + 8);
    chunks.push({ type, content: data.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function checkJpeg(data: Buffer): void {
  for (let at = 2; at + 9 < data.length;) {
    const marker = data.readUInt16BE(at);
    const isFrame =
      marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) {
      checkSize(data.readUInt16BE(at + 7), data.readUInt16BE(at + 5));
      return;
    }
    if (marker >> 8 !== 0xff) break;
    at += 2 + data.readUInt16BE(at + 2);
  }
  throw new Error('it has no header');
}

function checkSize(width: number, height: number): void {
  if (width === 0 || height === 0) throw new Error('it is empty');
  if (width * height > MOST_PIXELS) throw new Error('it has more than 16 million pixels');
}
