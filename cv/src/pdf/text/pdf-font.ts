import type { Font } from 'fontkit';
import { DIRECTION, type Outline, type Piece, shape, type Shaped } from './shape';

/** What pdfkit asks a font's subset for. */
interface PairSubset {
  cff: unknown;
  includeGlyph(pair: number): number;
  encode(): Uint8Array;
}

/** The parts of fontkit's subset that hold the glyphs; the types name none of them. */
interface GlyphSubset {
  cff?: unknown;
  glyphs: number[];
  encode(): Uint8Array;
}

export interface PdfFont {
  /** For `registerFont`: text has the features of its `DIRECTION`, and its blanks are kept in one piece with it. */
  readonly source: Font;
  /** For text of the size 1. */
  width(text: string, rightToLeft: boolean): number;
  /** What is drawn beside the text, in font units. */
  outlines(text: string, rightToLeft: boolean): readonly Outline[];
}

/** A glyph of a document's font and its text. pdfkit knows it by its number in the list of pairs. */
interface PairGlyph {
  id: number;
  codePoints: number[];
  advanceWidth: number;
}

/**
 * A font for one document, as pdfkit takes it: its glyphs are pairs of a glyph and the text that it stands
 * for, each with a number of its own in the embedded font. So the text layer says what was written also
 * where characters share a glyph, which pdfkit alone keeps with the text that it meets first.
 *
 * @param font from `forLayout`.
 */
export function createPdfFont(font: Font): PdfFont {
  const pairs = new Map<string, PairGlyph>();
  const glyphs: number[] = [];

  const shaped = new Map<string, Shaped>();

  const shapeOnce = (text: string, rightToLeft: boolean): Shaped => {
    const key = `${rightToLeft ? '<' : '>'}${text}`;
    const known = shaped.get(key) ?? shape(font, text, rightToLeft);
    shaped.set(key, known);
    return known;
  };

  const pairOf = ({ glyph, text }: Piece): PairGlyph => {
    const key = `${glyph} ${text}`;
    const known = pairs.get(key);
    if (known) return known;
    const pair = {
      id: glyphs.push(glyph) - 1,
      codePoints: Array.from(text, (character) => character.codePointAt(0) ?? 0),
      advanceWidth: font.getGlyph(glyph).advanceWidth,
    };
    pairs.set(key, pair);
    return pair;
  };

  const source = Object.create(font, {
    layout: {
      value(text: string, features: readonly string[] = []) {
        const { pieces, width } = shapeOnce(text, features.includes(DIRECTION.rightToLeft[0]));
        return {
          glyphs: pieces.map(pairOf),
          positions: pieces.map(({ advance, xOffset, yOffset }) => ({
            xAdvance: advance,
            yAdvance: 0,
            xOffset,
            yOffset,
          })),
          advanceWidth: width,
        };
      },
    },
    createSubset: { value: () => createPairSubset(font, glyphs) },
  }) as Font;
  return {
    source,
    width: (text, rightToLeft) => shapeOnce(text, rightToLeft).width / font.unitsPerEm,
    outlines: (text, rightToLeft) => shapeOnce(text, rightToLeft).outlines,
  };
}

function createPairSubset(font: Font, glyphs: readonly number[]): PairSubset {
  const subset = font.createSubset() as unknown as GlyphSubset;
  const included = new Map<number, number>();
  return {
    cff: subset.cff,
    includeGlyph(pair) {
      const known = included.get(pair);
      if (known !== undefined) return known;
      // Not by its own `includeGlyph`, which has each glyph once.
      const id = subset.glyphs.push(glyphs[pair] ?? 0) - 1;
      included.set(pair, id);
      return id;
    },
    encode: () => subset.encode(),
  };
}
