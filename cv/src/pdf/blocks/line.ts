import type { Item } from '../content/content';
import { oneLine } from '../content/words';
import type { Look } from '../designs';
import type { Block, Place } from '../flow';
import { dropTo, type Stage } from '../stage';
import type { Node } from '../tree';

/** A short text of a line, and the element that it belongs to. */
export interface Piece extends Item {
  look: Look;
  node: Node;
}

export interface LineStyle {
  before: number;
  align?: 'left' | 'center';
  /** What parts the pieces, beside blanks. */
  separator: string;
  separatorLook: Look;
  /** The element that the separators belong to. */
  node: Node;
  /** Points; the whole width unless told. */
  width?: number;
}

/** Several short texts side by side, on as many lines as they need: none is broken that fits on a line. */
export function lineBlock(stage: Stage, items: readonly Piece[], style: LineStyle): Block {
  const pieces = items.map((item) => ({ ...item, text: oneLine(item.text) }));
  const width = style.width ?? stage.width;
  const largest = pieces.reduce(
    (max, { look }) => (look.size > max.size ? look : max),
    style.separatorLook,
  );
  const rows = toRows(stage, pieces, style, width);
  const heights = rows.map((row) => linesOf(stage, row, width));
  return {
    before: style.before,
    lines: heights.reduce((sum, lines) => sum + lines, 0),
    lineHeight: stage.lineHeight(largest),
    draw(_, place) {
      for (const row of rows) drawRow(stage, row, { ...style, width, largest, place });
    },
  };
}

/** Points that pieces need to stand side by side. */
export function widthOfRow(
  stage: Stage,
  pieces: readonly Piece[],
  { separator, separatorLook }: Pick<LineStyle, 'separator' | 'separatorLook'>,
): number {
  const widths = pieces
    .map(({ text, look }) => stage.widthOf(text, look))
    .filter((width) => width > 0);
  const between = separation(stage, separator, separatorLook);
  return widths.reduce((sum, width) => sum + width, (widths.length - 1) * between);
}

/** Points between two pieces: a separator with a blank on either side. */
function separation(stage: Stage, separator: string, look: Look): number {
  return stage.widthOf(separator, look) + 2 * blankOf(stage, look);
}

export function blankOf(stage: Stage, look: Look): number {
  return stage.widthOf('n n', look) - stage.widthOf('nn', look);
}

function toRows(
  stage: Stage,
  pieces: readonly Piece[],
  { separator, separatorLook }: LineStyle,
  width: number,
): Piece[][] {
  const between = separation(stage, separator, separatorLook);
  const rows: Piece[][] = [];
  let used = 0;
  for (const piece of pieces) {
    const wide = stage.widthOf(piece.text, piece.look);
    if (wide === 0) continue;
    const row = rows.at(-1);
    if (row === undefined || used + between + wide > width) {
      rows.push([piece]);
      used = wide;
    } else {
      row.push(piece);
      used += between + wide;
    }
  }
  return rows;
}

function linesOf(stage: Stage, row: readonly Piece[], width: number): number {
  const [first] = row;
  return row.length > 1 || first === undefined
    ? 1
    : stage.measure(first.text, first.look, { width }).lines;
}

interface RowStyle extends LineStyle {
  width: number;
  largest: Look;
  place: Place;
}

function drawRow(stage: Stage, row: readonly Piece[], style: RowStyle): void {
  const [first] = row;
  if (row.length === 1 && first !== undefined) drawAlone(stage, first, style);
  else drawBeside(stage, row, style);
}

function drawAlone(stage: Stage, piece: Piece, { width, align = 'left', place }: RowStyle): void {
  write(piece, () =>
    stage.draw(piece.text, leftOf(stage, width, align), 0, piece.look, {
      width,
      place,
      ...(align === 'center' && { align }),
      ...linkOf(piece),
      blank: true,
    }),
  );
}

function drawBeside(stage: Stage, row: readonly Piece[], style: RowStyle): void {
  const { separator, separatorLook, node, largest, width, align = 'left' } = style;
  const y = style.place(0, stage.lineHeight(largest));
  const blank = blankOf(stage, separatorLook);
  const wide = row.map(({ text, look }) => stage.widthOf(text, look));
  const between = separation(stage, separator, separatorLook);
  const used = widthOfRow(stage, row, style);
  const start = leftOf(stage, width, align) + (align === 'center' ? (width - used) / 2 : 0);
  const mirrored = isRightToLeft(stage, row);
  // Points from where the line begins.
  const end = align === 'center' ? start + used : start + width;
  const at = (distance: number, own: number): number =>
    mirrored ? end - distance - own : start + distance;
  let distance = 0;
  for (const [index, piece] of row.entries()) {
    if (index > 0) {
      const x = at(distance + blank, between - 2 * blank);
      node.write(() =>
        stage.draw(separator, x, y + dropTo(largest, separatorLook), separatorLook, {
          blank: true,
        }),
      );
      distance += between;
    }
    const own = wide[index] ?? 0;
    const x = at(distance, own);
    write(piece, () =>
      stage.draw(piece.text, x, y + dropTo(largest, piece.look), piece.look, {
        ...linkOf(piece),
        blank: true,
      }),
    );
    distance += own;
  }
}

/** Whether a line is written from right to left, which its first piece tells. */
function isRightToLeft(stage: Stage, [first]: readonly Piece[]): boolean {
  return first !== undefined && stage.measure(first.text, first.look).rightToLeft;
}

/** A line in the middle is in the middle of the page, also where a picture makes it narrower. */
function leftOf(stage: Stage, width: number, align: 'left' | 'center'): number {
  return align === 'center' ? stage.left + (stage.width - width) / 2 : stage.left;
}

export function write({ node, link }: Pick<Piece, 'node' | 'link'>, draw: () => void): void {
  if (link === undefined) node.write(draw);
  else node.link(link, draw);
}

export function linkOf({ link }: Item): { link?: string } {
  return link === undefined ? {} : { link: link.url };
}
