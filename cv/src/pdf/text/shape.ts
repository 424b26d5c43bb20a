import bidiFactory from 'bidi-js';
import type { Font, Glyph, GlyphPosition, GlyphRun } from 'fontkit';

/** A glyph that is drawn as text, in font units, with the characters that it stands for. */
export interface Piece {
  glyph: number;
  text: string;
  advance: number;
  xOffset: number;
  yOffset: number;
}

/** A glyph that is drawn as a shape, at its place from the run's left end on the baseline; in font units. */
export interface Outline {
  glyph: number;
  x: number;
  y: number;
}

export interface Shaped {
  /** From left to right, as they are drawn. */
  pieces: Piece[];
  /**
   * Marks beside the line of text, and what is left of letters that the font takes apart. As text, each
   * would move the place of writing, where readers of the text layer see the end of a word; or stand for
   * no character, which many of them cannot take. Their characters are with the letter that they belong to.
   */
  outlines: Outline[];
  width: number;
}

/**
 * The font for layouts. fontkit keeps a glyph with the code points that it was first made for, also for
 * other characters that share it (Ω and the Ohm sign): here each gets its own.
 */
export function forLayout(font: Font): Font {
  return Object.create(font, {
    getGlyph: {
      value(id: number, codePoints: number[] = []): Glyph {
        const glyph = font.getGlyph(id, codePoints);
        return Object.create(glyph, {
          codePoints: { value: codePoints },
          isMark: { value: codePoints.length > 0 && codePoints.every(isMark) },
          isLigature: { value: codePoints.length > 1 },
        }) as Glyph;
      },
    },
  }) as Font;
}

/**
 * The glyphs of `text`, which is in one direction and one script. From right to left, signs such as brackets
 * are drawn mirrored, and stand for themselves.
 *
 * @param font from `forLayout`.
 */
export function shape(font: Font, text: string, rightToLeft: boolean): Shaped {
  const glyphs = layOut(font, text, rightToLeft);
  if (rightToLeft) glyphs.reverse();
  const texts = assignText(
    text,
    glyphs.map(({ glyph, position }) => ({
      codePoints: glyph.codePoints,
      wide: position.xAdvance > 0,
    })),
    rightToLeft ? mirrored : undefined,
  );
  const placed = glyphs.map(({ glyph, position, x }, index) =>
    place(font, glyph, position, x, texts[index] ?? ''),
  );
  joinMarks(placed);
  if (rightToLeft) {
    placed.reverse();
    // Readers turn a line round character by character (pdf.js, Poppler, MuPDF), ligatures, too.
    for (const { piece } of placed) piece.text = Array.from(piece.text).reverse().join('');
  }
  const shaped = collect(placed);
  return rightToLeft ? shaped : { ...shaped, pieces: partMarks(font, shaped.pieces) };
}

interface Laid {
  glyph: Glyph;
  position: GlyphPosition;
  /** Of its origin, from the run's left end. */
  x: number;
}

/** From left to right. */
function layOut(font: Font, text: string, rightToLeft: boolean): Laid[] {
  const drawn = rightToLeft ? Array.from(text, mirrored).join('') : openAm(font, text);
  const run = runOf(font, drawn, rightToLeft);
  const glyphs = run.glyphs.map((glyph, index) => ({
    glyph,
    position: run.positions[index] ?? { xAdvance: 0, yAdvance: 0, xOffset: 0, yOffset: 0 },
  }));
  // A font without layout tables is not turned round.
  if (rightToLeft && !('GSUB' in font) && !('GPOS' in font)) glyphs.reverse();
  let pen = 0;
  return glyphs
    .map(({ glyph, position }) => {
      const x = pen + position.xOffset;
      pen += position.xAdvance;
      return { glyph, position, x };
    })
    .filter(({ glyph, position }) => !(isBlank(glyph) && position.xAdvance === 0));
}

/**
 * fontkit throws where a font says of a mark that it has no place on the letter before it, as Noto Sans Malayalam
 * does of some: such a run has its marks where their glyphs have them.
 */
function runOf(font: Font, text: string, rightToLeft: boolean): GlyphRun {
  const features = DIRECTION[rightToLeft ? 'rightToLeft' : 'leftToRight'];
  const layOutWith = (more: Record<string, boolean>) =>
    font.layout(
      text,
      { ...Object.fromEntries(features.map((feature) => [feature, true])), ...more },
      undefined,
      undefined,
      rightToLeft ? 'rtl' : 'ltr',
    );
  try {
    return layOutWith({});
  } catch {
    return layOutWith({ mark: false, mkmk: false, abvm: false, blwm: false });
  }
}

/** AM and its two signs: the ring above the letter, and AA behind it. */
const AM = [
  {
    am: '\u0e33',
    ring: '\u0e4d',
    aa: '\u0e32',
    tones: /([\u0e31\u0e34-\u0e37\u0e47-\u0e4e]+)\u0e33/gu,
  },
  {
    am: '\u0eb3',
    ring: '\u0ecd',
    aa: '\u0eb2',
    tones: /([\u0eb1\u0eb4-\u0eb7\u0ebb\u0ec8-\u0ecd]+)\u0eb3/gu,
  },
];

/** Thai and Lao with the ring of AM below the tone that is written before it, which fontkit leaves above it. */
function openAm(font: Font, text: string): string {
  return AM.reduce((opened, { ring, aa, tones }) => {
    const has = [ring, aa].every((sign) => font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0));
    return has ? opened.replace(tones, `${ring}$1${aa}`) : opened;
  }, text);
}

/** What a font, or `openAm`, makes of a character that is taken apart. */
function partsOf(character: string): string[] {
  const isAm = AM.some(({ am }) => am === character);
  return Array.from(character.normalize(isAm ? 'NFKD' : 'NFD'));
}

interface Placed {
  piece: Piece;
  outline: Outline | undefined;
}

function place(
  font: Font,
  glyph: Glyph,
  { xAdvance, xOffset, yOffset }: GlyphPosition,
  x: number,
  text: string,
): Placed {
  if (glyph.id === 0) return replacement(font, x, text);
  const aside = text === '' || (xAdvance === 0 && (xOffset !== 0 || yOffset !== 0));
  return {
    piece: { glyph: glyph.id, text, advance: xAdvance, xOffset, yOffset },
    outline: aside ? { glyph: glyph.id, x, y: yOffset } : undefined,
  };
}

/** Gives the text of what becomes an outline to the letter before it, in the order of reading. */
function joinMarks(placed: readonly Placed[]): void {
  let letter: Placed | undefined;
  for (const part of placed) {
    if (part.outline === undefined) letter = part;
    else if (letter !== undefined) letter.piece.text += part.piece.text;
    // A mark without a letter is a letter.
    else if (part.piece.text !== '') {
      part.outline = undefined;
      letter = part;
    }
  }
}

/** More marks on one letter are in its text, but not drawn. */
const MOST_OUTLINES = 16;

function collect(placed: readonly Placed[]): Shaped {
  const pieces: Piece[] = [];
  const outlines: Outline[] = [];
  let width = 0;
  // The room of outlines at the beginning of the run.
  let before = 0;
  let beside = 0;
  for (const { piece, outline } of placed) {
    width += piece.advance;
    if (outline === undefined) {
      pieces.push({ ...piece, advance: piece.advance + before, xOffset: piece.xOffset + before });
      before = 0;
      beside = 0;
      continue;
    }
    beside += 1;
    if (beside <= MOST_OUTLINES) outlines.push(outline);
    const last = pieces.at(-1);
    if (last === undefined) before += piece.advance;
    else last.advance += piece.advance;
  }
  return { pieces, outlines, width };
}

/**
 * The same pieces with the marks in their texts in pieces of no width: pdf.js takes a glyph with a mark in its
 * text for one without a width, and sees the blank before it behind it. Nothing is drawn for these pieces, for which
 * the font has to have a glyph.
 */
function partMarks(font: Font, pieces: readonly Piece[]): Piece[] {
  const nothing = ['\u200d', '\u200c', '\u200b']
    .map((character) => font.glyphForCodePoint(character.codePointAt(0) ?? 0))
    .find(
      ({ id, advanceWidth, path }) => id > 0 && advanceWidth === 0 && path.commands.length === 0,
    );
  if (nothing === undefined) return [...pieces];
  const silent = (text: string): Piece[] =>
    text === '' ? [] : [{ glyph: nothing.id, text, advance: 0, xOffset: 0, yOffset: 0 }];
  const parted = pieces.flatMap((piece) => {
    const [, before = '', letters = '', marks = ''] =
      /^(\p{Mn}*)(\P{Mn}+)(\p{Mn}.*)?$/su.exec(piece.text) ?? [];
    if (before === '' && marks === '') return [piece];
    return [...silent(before), { ...piece, text: letters }, ...silent(marks)];
  });
  return joinSilent(parted, nothing.id);
}

/** The same pieces with one in the place of two of no width, which end a line to pdfminer, where one draws nothing. */
function joinSilent(pieces: readonly Piece[], nothing: number): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const isPair = last !== undefined && last.advance === 0 && piece.advance === 0;
    if (isPair && (last.glyph === nothing || piece.glyph === nothing)) {
      const drawn = piece.glyph === nothing ? last : piece;
      joined[joined.length - 1] = { ...drawn, text: last.text + piece.text };
    } else joined.push(piece);
  }
  return joined;
}

/** The features that fonts apply in one direction and not in the other. */
export const DIRECTION = {
  leftToRight: ['ltra', 'ltrm'],
  rightToLeft: ['rtla', 'rtlm'],
} as const;

const bidi = bidiFactory();

function mirrored(character: string): string {
  return bidi.getMirroredCharacter(character) ?? character;
}

/** One box in the place of a letter that the font lacks, marks and all; who reads the text layer gets the letter. */
function replacement(font: Font, x: number, text: string): Placed {
  const marks = /^[\p{M}\p{Cf}]*$/u.test(text);
  const box = marks ? 0x20 : [0x25a1, 0x3f].find((code) => font.hasGlyphForCodePoint(code));
  const glyph = font.glyphForCodePoint(box ?? 0x20);
  return {
    piece: {
      glyph: glyph.id,
      text,
      advance: marks ? 0 : glyph.advanceWidth,
      xOffset: 0,
      yOffset: 0,
    },
    outline: marks ? { glyph: glyph.id, x, y: 0 } : undefined,
  };
}

function isBlank({ codePoints }: Glyph): boolean {
  return codePoints.length === 1 && codePoints[0] === 0x20;
}

function isMark(codePoint: number): boolean {
  return /^\p{M}$/u.test(String.fromCodePoint(codePoint));
}

/**
 * Shares the characters of `text` out among its glyphs, so that the texts of the glyphs, one after the
 * other, are `text` again: a ligature gets all of its characters, and glyphs that have changed places
 * (a vowel sign before its consonant) get theirs in the order in which they are read.
 *
 * @param glyphs in the order of the text.
 * @param drawnAs the character that is drawn for one of the text, where that is another.
 */
export function assignText(
  text: string,
  glyphs: readonly Made[],
  drawnAs: (character: string) => string = (character) => character,
): string[] {
  const characters = Array.from(text);
  const ranges = rangesOf(characters.map(drawnAs), glyphs);
  const firsts = firstsOf(ranges);
  const texts = glyphs.map(() => '');
  let glyph = 0;
  let character = 0;
  while (glyph < glyphs.length) {
    let end = glyph + 1;
    let last = ranges[glyph]?.last ?? -1;
    // A cluster ends where all that follows it comes later in the text, too. A glyph of no character is what
    // is left of a letter before it that the font takes apart.
    while (
      end < glyphs.length &&
      (last < 0 || ranges[end] === undefined || (firsts[end] ?? Infinity) <= last)
    ) {
      last = Math.max(last, ranges[end]?.last ?? -1);
      end += 1;
    }
    const until = Math.min(firsts[end] ?? Infinity, characters.length);
    const cluster = Array.from({ length: end - glyph }, (_, index) => glyph + index);
    const wide = cluster.filter((index) => glyphs[index]?.wide === true);
    share(characters.slice(character, until), texts, cluster, wide);
    character = Math.max(character, until);
    glyph = end;
  }
  return texts;
}

/** A glyph as the font has made it. */
interface Made {
  /** Of the characters that it was made from. */
  codePoints: readonly number[];
  /** Whether it moves the place of writing. */
  wide: boolean;
}

interface Range {
  first: number;
  last: number;
}

/** How far from its place a glyph may go, in characters: within a syllable. */
const REACH = 16;

/** Where in the text the characters of each glyph are; those that are not found have none. */
function rangesOf(characters: readonly string[], glyphs: readonly Made[]): (Range | undefined)[] {
  // Fonts may take a character apart (ொ is two signs), each of which is found in its place. Once it is found
  // as a whole, none of its parts is (أ has an alef of its own), and the other way round.
  const units = characters.flatMap((character, index) => [
    { code: character.codePointAt(0), index, as: 'whole', taken: false },
    ...partsOf(character).map((part) => ({
      code: part.codePointAt(0),
      index,
      as: 'part',
      taken: part === character,
    })),
  ]);
  const foundAs: string[] = [];
  let from = 0;
  // The first unit within reach.
  let low = 0;
  const find = (code: number) => {
    while ((units[low]?.index ?? Infinity) <= from - REACH) low += 1;
    for (let at = low; (units[at]?.index ?? Infinity) < from + REACH; at += 1) {
      const unit = units[at];
      if (unit?.code !== code || unit.taken) continue;
      if ((foundAs[unit.index] ?? unit.as) === unit.as) return unit;
    }
    return undefined;
  };
  return glyphs.map(({ codePoints }) => {
    const found = codePoints.flatMap((code) => {
      const unit = find(code);
      if (unit === undefined) return [];
      unit.taken = true;
      foundAs[unit.index] = unit.as;
      from = Math.max(from, unit.index);
      return [unit.index];
    });
    return found.length === 0 ? undefined : { first: Math.min(...found), last: Math.max(...found) };
  });
}

/** For each range, where the first character of it and of those behind it is; Infinity without any. */
function firstsOf(ranges: readonly (Range | undefined)[]): number[] {
  const firsts = ranges.map((range) => range?.first ?? Infinity);
  for (let index = firsts.length - 2; index >= 0; index -= 1) {
    firsts[index] = Math.min(firsts[index] ?? Infinity, firsts[index + 1] ?? Infinity);
  }
  return firsts;
}

/**
 * One character each, and what is left to the last. Where there are too few, they go to those with a width:
 * without a text there would be a gap in their place.
 *
 * @param cluster the places of the glyphs in `texts`.
 * @param wide those of them that move the place of writing.
 */
function share(
  characters: readonly string[],
  texts: string[],
  cluster: readonly number[],
  wide: readonly number[],
): void {
  const holders = characters.length >= cluster.length || wide.length === 0 ? cluster : wide;
  const parts =
    wide.length > characters.length
      ? Array.from(characters.join('').normalize('NFD'))
      : [...characters];
  for (const [index, holder] of holders.entries()) {
    const some = index === holders.length - 1 ? parts.splice(0) : parts.splice(0, 1);
    texts[holder] = some.join('');
  }
}
