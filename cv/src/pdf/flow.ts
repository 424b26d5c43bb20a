import type { Pdf } from './tree';

/** Told the place of each line before it is drawn, and answers where it goes. */
export type Place = (y: number, height: number) => number;

/** Something that stands below what comes before it, in lines of one height. All lengths are in points. */
export interface Block {
  /** Above it, but not at a page's top. */
  before: number;
  lines: number;
  lineHeight: number;
  /** Below its last line. */
  after?: number;
  /** Whether it may not stand at a page's end, without the beginning of what follows. */
  keep?: boolean;
  /** Draws it at `y`; each of its lines where `place` says. */
  draw(y: number, place: Place): void;
}

/** At least so many lines of a block stand at a page's end, and at the next one's top. */
const TOGETHER = 2;

interface Area {
  top: number;
  bottom: number;
}

/** Draws the blocks one below the other, on as many pages as they need. */
export function flow(pdf: Pdf, blocks: readonly Block[], area: Area): void {
  let y = area.top;
  for (const [index, block] of blocks.entries()) {
    if (y > area.top && y + neededBy(blocks, index) > area.bottom) {
      pdf.addPage();
      y = area.top;
    } else y += block.before;
    y = drawBlock(pdf, block, area, y);
  }
}

/** The height of what stays together from here on. */
function neededBy(blocks: readonly Block[], from: number): number {
  let height = 0;
  for (let index = from; index < blocks.length; index += 1) {
    const block = blocks[index];
    if (block === undefined) break;
    const { before, lines, lineHeight, after = 0, keep = false } = block;
    height += before + (keep ? lines * lineHeight + after : linesAtLeast(lines) * lineHeight);
    if (!keep) break;
  }
  return height;
}

function linesAtLeast(lines: number): number {
  return lines < 2 * TOGETHER ? lines : TOGETHER;
}

/** @returns where it ends. */
function drawBlock(pdf: Pdf, block: Block, area: Area, start: number): number {
  const { lines, lineHeight, after = 0 } = block;
  const fitting = (y: number): number =>
    Math.max(1, Math.floor((area.bottom - y + 0.01) / lineHeight));
  let y = start;
  let drawn = 0;
  let onThisPage = linesOn(fitting(start), lines);
  block.draw(start, () => {
    if (onThisPage === 0) {
      pdf.continueOnNewPage();
      y = area.top;
      onThisPage = linesOn(fitting(y), lines - drawn);
    }
    const place = y;
    y += lineHeight;
    drawn += 1;
    onThisPage -= 1;
    return place;
  });
  return y + after;
}

function linesOn(fitting: number, left: number): number {
  if (fitting >= left) return left;
  return Math.max(1, Math.min(fitting, left - TOGETHER));
}
