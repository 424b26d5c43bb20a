import type { Entry, Item } from '../content/content';
import type { Look } from '../designs';
import type { Block } from '../flow';
import type { Stage } from '../stage';
import type { Node } from '../tree';
import { lineBlock, type Piece, widthOfRow } from './line';

/**
 * The title of an entry, where and for whom, and when, in the order in which they are read: each behind
 * or below the other, since extractors read a time at the right edge anywhere but there.
 *
 * @param onTitle called when the title is drawn.
 */
export function headBlocks(stage: Stage, entry: Entry, node: Node, onTitle: () => void): Block[] {
  const { entry: design, header } = stage.design;
  const paragraph = node.child('P');
  const pieces = (items: readonly Item[], look: Look): Piece[] =>
    items.map((item) => ({ ...item, look, node: paragraph }));
  const title = { ...entry.title, look: design.title, node: announced(node.child('H3'), onTitle) };
  const more = [
    ...pieces(entry.details, design.details),
    ...pieces([{ text: entry.period }], design.period),
  ];
  const address = pieces([entry.address ?? []].flat(), design.period);
  const style = { separator: header.separator, separatorLook: design.period, node: paragraph };
  const lines =
    design.head === 'one-line'
      ? onOneLine(
          [title, ...more],
          address,
          (line) => widthOfRow(stage, line, style) <= stage.width,
        )
      : undefined;
  return (lines ?? [[title], [...more, ...address]])
    .map((line, index) =>
      lineBlock(stage, line, { ...style, before: index === 0 ? design.before : 0 }),
    )
    .filter((block) => block.lines > 0);
}

/** The address has a line of its own where the first one has no room for it. */
function onOneLine(
  first: Piece[],
  address: Piece[],
  fits: (line: Piece[]) => boolean,
): Piece[][] | undefined {
  const whole = [...first, ...address];
  if (fits(whole)) return [whole];
  return fits(first) ? [first, address] : undefined;
}

/** The element, which calls `then` when something is first drawn in it. */
function announced(node: Node, then: () => void): Node {
  let told = false;
  const tell = (draw: () => void) => (): void => {
    if (!told) then();
    told = true;
    draw();
  };
  return {
    ...node,
    write: (draw) => node.write(tell(draw)),
    link: (link, draw) => node.link(link, tell(draw)),
  };
}
