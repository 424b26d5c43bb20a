import type PDFDocument from 'pdfkit';
import type { Face, FontSet, Style } from './font-set';
import { createParagraph, type Run } from './paragraph';
import { createPdfFont, type PdfFont } from './pdf-font';
import { DIRECTION } from './shape';

type Pdf = InstanceType<typeof PDFDocument>;

export interface TextStyle {
  style?: Style;
  /** Points. */
  size: number;
  /** Points: the lines are broken to fit. Without it a line ends at line ends only. */
  width?: number;
  /** Points between lines, and after the last one. */
  lineGap?: number;
  /** Points: what the first line begins behind. */
  indent?: number;
}

interface DrawStyle extends TextStyle {
  colour?: string;
  /** `start`, the default, is the left, and the right for a text that begins with a script from right to left. */
  align?: 'start' | 'left' | 'right' | 'center';
  /** An address that the text leads to. */
  link?: string;
  /** Whether the last line ends in a blank, which parts it from what is drawn behind it. */
  blank?: boolean;
  /**
   * Told the place of each line before it is drawn, and its height; answers where it goes: for texts that
   * go on on the next page.
   */
  place?: (y: number, height: number) => number;
}

export interface TextSize {
  /** Points: of the widest line. */
  width: number;
  /** Points: all lines with their gaps. */
  height: number;
  lines: number;
  /** Whether it begins with a script from right to left. */
  rightToLeft: boolean;
}

/** Writes texts of any scripts into a document. */
export interface Writer {
  /** @returns the sizes of what `draw` draws; all zero for a text of which nothing is left to draw. */
  measure(text: string, style: TextStyle): TextSize;
  /**
   * Draws `text` with its upper left corner at `x`, `y`. The document's own place, `pdf.x` and `pdf.y`, and its
   * page stay as they are, unless `place` changes them.
   *
   * @returns the height in points: of all lines, wherever `place` put them.
   */
  draw(text: string, x: number, y: number, style: DrawStyle): number;
}

interface LaidOut {
  lines: {
    runs: (Run & { width: number })[];
    width: number;
    /** A blank at a line's end is not seen, but read: without it the words on either side are one. */
    blank: boolean;
  }[];
  rightToLeft: boolean;
}

/** Of the size: the fonts' own lines are higher, since they have room for two accents. */
export const LINE_HEIGHT = 1.2;
export const BASELINE = 0.95;

export function createWriter(pdf: Pdf, fonts: FontSet): Writer {
  const embeddings = new Map<string, { name: string; font: PdfFont }>();
  const laidOut = new Map<string, LaidOut>();
  const paths = new Map<string, string>();

  const pathOf = (face: Face, glyph: number): string => {
    const key = `${glyph} ${face.id}`;
    const path = paths.get(key) ?? face.font.getGlyph(glyph).path.toSVG();
    paths.set(key, path);
    return path;
  };

  const embedded = (face: Face) => {
    const known = embeddings.get(face.id);
    if (known) return known;
    const entry = { name: `cv-${embeddings.size}`, font: createPdfFont(face.font) };
    // pdfkit takes any object that lays out like fontkit's fonts, which its types do not say.
    pdf.registerFont(entry.name, entry.font.source as unknown as Buffer);
    embeddings.set(face.id, entry);
    return entry;
  };

  const widthAt =
    (size: number) =>
    ({ face, text, rightToLeft }: Run): number =>
      embedded(face).font.width(text, rightToLeft) * size;

  const layOut = (text: string, given: TextStyle): LaidOut => {
    const { style = 'regular', size, width, indent } = given;
    const key = JSON.stringify([style, size, width, indent, text]);
    const known = laidOut.get(key);
    if (known) return known;
    const paragraph = createParagraph(text, fonts, style);
    const widthOf = widthAt(size);
    const lines = paragraph.lines(width, widthOf, indent).map((line) => {
      const runs = paragraph.runs(line).map((run) => ({ ...run, width: widthOf(run) }));
      return {
        runs,
        width: runs.reduce((sum, run) => sum + run.width, 0),
        blank: /\s$/.test(paragraph.text.slice(line.start, line.end)),
      };
    });
    const made = { lines, rightToLeft: paragraph.rightToLeft };
    laidOut.set(key, made);
    return made;
  };

  const heightOfLine = ({ size, lineGap = 0 }: TextStyle): number => size * LINE_HEIGHT + lineGap;

  const drawRun = (run: Run, x: number, y: number, style: DrawStyle): void => {
    const { x: left, y: top } = pdf;
    pdf.font(embedded(run.face).name).fontSize(style.size);
    pdf.text(run.text, x, y, {
      lineBreak: false,
      baseline: -BASELINE * style.size,
      features: featuresOf(run.rightToLeft),
      ...(style.link === undefined ? {} : { link: style.link }),
    });
    pdf.x = left;
    pdf.y = top;
    drawOutlines(run, x, y + BASELINE * style.size, style.size);
  };

  const drawBlank = (last: Run, x: number, y: number, { size }: DrawStyle): void => {
    if (last.face.has(0x20)) drawRun({ ...last, text: ' ', rightToLeft: false }, x, y, { size });
  };

  const drawOutlines = (
    { face, text, rightToLeft }: Run,
    x: number,
    baseline: number,
    size: number,
  ): void => {
    const scale = size / face.font.unitsPerEm;
    for (const outline of embedded(face).font.outlines(text, rightToLeft)) {
      pdf
        .save()
        .translate(x + outline.x * scale, baseline - outline.y * scale)
        .scale(scale, -scale)
        .path(pathOf(face, outline.glyph))
        .fill()
        .restore();
    }
  };

  return {
    measure(text, style) {
      const { lines, rightToLeft } = layOut(text, style);
      return {
        width: lines.reduce((most, { width }) => Math.max(most, width), 0),
        height: lines.length * heightOfLine(style),
        lines: lines.length,
        rightToLeft,
      };
    },
    draw(text, x, y, style) {
      const { lines, rightToLeft } = layOut(text, style);
      const height = heightOfLine(style);
      let top = y;
      for (const [index, { runs, width, blank }] of lines.entries()) {
        top = style.place?.(top, height) ?? top;
        if (style.colour !== undefined) pdf.fillColor(style.colour);
        let at = x + startOf(width, rightToLeft, style);
        if (index === 0) at += (rightToLeft ? -1 : 1) * (style.indent ?? 0);
        for (const run of runs) {
          drawRun(run, at, top, style);
          at += run.width;
        }
        const last = runs.at(-1);
        const ended = index === lines.length - 1 ? style.blank === true : blank;
        if (ended && last !== undefined) drawBlank(last, at, top, style);
        top += height;
      }
      return lines.length * height;
    },
  };
}

function startOf(used: number, rightToLeft: boolean, { width, align }: DrawStyle): number {
  if (width === undefined) return 0;
  const side = align === undefined || align === 'start' ? (rightToLeft ? 'right' : 'left') : align;
  if (side === 'left') return 0;
  return side === 'right' ? width - used : (width - used) / 2;
}

function featuresOf(rightToLeft: boolean): (typeof DIRECTION)[keyof typeof DIRECTION][number][] {
  return [...(rightToLeft ? DIRECTION.rightToLeft : DIRECTION.leftToRight)];
}
