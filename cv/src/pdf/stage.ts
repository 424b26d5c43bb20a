import type { Design, Look } from './designs';
import { BASELINE, LINE_HEIGHT, type TextSize, type Writer } from './text';
import type { Pdf } from './tree';

/** What blocks are made with. */
export interface Stage {
  pdf: Pdf;
  writer: Writer;
  design: Design;
  /** Points: the left edge and the width of the text. */
  left: number;
  width: number;
  lineHeight(look: Look): number;
  measure(text: string, look: Look, place?: { width?: number; indent?: number }): TextSize;
  /** Of a text that is to stand on one line. */
  widthOf(text: string, look: Look): number;
  draw(text: string, x: number, y: number, look: Look, more?: More): void;
}

type More = Pick<
  Parameters<Writer['draw']>[3],
  'width' | 'indent' | 'align' | 'link' | 'place' | 'blank'
>;

export function createStage(pdf: Pdf, writer: Writer, design: Design): Stage {
  const gap = ({ size }: Look): number => (design.leading - LINE_HEIGHT) * size;
  const measure: Stage['measure'] = (text, look, place = {}) =>
    writer.measure(text, { style: look.style, size: look.size, lineGap: gap(look), ...place });
  return {
    pdf,
    writer,
    design,
    left: design.margin.side,
    width: pdf.page.width - 2 * design.margin.side,
    lineHeight: ({ size }) => design.leading * size,
    measure,
    widthOf: (text, look) => measure(text, look).width,
    draw: (text, x, y, look, more = {}) =>
      void writer.draw(text, x, y, { ...look, lineGap: gap(look), ...more }),
  };
}

/** How far down a text begins so that it stands on the line of one that is larger. */
export function dropTo(larger: Look, look: Look): number {
  return BASELINE * (larger.size - look.size);
}
