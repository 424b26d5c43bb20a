import type { Content, Item } from '../content/content';
import type { Look } from '../designs';
import type { Block } from '../flow';
import type { Picture } from '../picture';
import type { Stage } from '../stage';
import { drawArtifact, type Node } from '../tree';
import { lineBlock } from './line';

/** Points between the picture and the text. */
const GUTTER = 18;

/** Who the CV is about, and how they are reached, on the first page. */
export function headerBlocks(
  stage: Stage,
  parent: Node,
  content: Content,
  picture: Picture | undefined,
): Block[] {
  const { header } = stage.design;
  const taken = picture === undefined ? 0 : header.picture.size + GUTTER;
  // A text in the middle keeps the same distance on both sides.
  const width = stage.width - taken * (header.align === 'center' ? 2 : 1);
  const line = (node: Node, items: readonly Item[], look: Look, before: number): Block =>
    lineBlock(
      stage,
      items.map((item) => ({ ...item, look, node })),
      {
        before,
        align: header.align,
        separator: header.separator,
        separatorLook: header.contact,
        node,
        width,
      },
    );
  const name = line(parent.child('H1'), [{ text: content.name }], header.name, 0);
  const figure = parent.child('Figure', { alt: `Picture of ${content.name}` });
  const withPicture: Block = {
    ...name,
    draw(y, place) {
      drawBand(stage);
      name.draw(y, place);
      if (picture !== undefined) drawPicture(stage, figure, picture, y);
    },
  };
  const blocks = [
    withPicture,
    line(parent.child('P'), [{ text: content.title }], header.title, 0),
    line(parent.child('P'), content.contact, header.contact, header.gap.contact),
  ].filter(({ lines }) => lines > 0);
  return withRoom(blocks, picture === undefined ? 0 : header.picture.size, header.gap.after);
}

/** Blocks that are at least so high, and have a gap below them. */
function withRoom(blocks: readonly Block[], atLeast: number, gap: number): Block[] {
  const height = blocks.reduce(
    (sum, { before, lines, lineHeight }) => sum + before + lines * lineHeight,
    0,
  );
  const after = Math.max(0, atLeast - height) + gap;
  return blocks.map((block, index) => (index === blocks.length - 1 ? { ...block, after } : block));
}

function drawBand({ pdf, design }: Stage): void {
  const { height, colour } = design.band;
  if (height === 0) return;
  drawArtifact(pdf, 'Layout', () => pdf.rect(0, 0, pdf.page.width, height).fill(colour));
}

/** At the right end of the header. */
function drawPicture(stage: Stage, figure: Node, { data }: Picture, y: number): void {
  const { pdf, design } = stage;
  const { size, round } = design.header.picture;
  const x = stage.left + stage.width - size;
  figure.write(() => {
    pdf.save();
    if (round) pdf.circle(x + size / 2, y + size / 2, size / 2).clip();
    else pdf.rect(x, y, size, size).clip();
    pdf.image(data, x, y, { cover: [size, size], align: 'center', valign: 'center' });
    pdf.restore();
  });
}
