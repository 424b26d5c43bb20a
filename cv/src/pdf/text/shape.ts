import bidiFactory from 'bidi-js';
import type { Font, Glyph, GlyphPosition, GlyphRun } from 'fontkit';
import { openAm } from './am';
import { assignText } from './assign-text';

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
