import type { Look } from '../designs';
import type { Block } from '../flow';
import type { Stage } from '../stage';
import type { Node } from '../tree';

interface TextStyle {
  look: Look;
  before: number;
  /** Points from the edge at which its lines begin. */
  inset?: number;
  /** Points: what the first line begins behind. */
  indent?: number;
}

/** A paragraph. */
export function textBlock(
  stage: Stage,
  node: Node,
  text: string,
  { look, before, inset = 0, indent = 0 }: TextStyle,
): Block {
  const place = { width: stage.width - inset, indent };
  const { lines, rightToLeft } = stage.measure(text, look, place);
  const left = stage.left + (rightToLeft ? 0 : inset);
  return {
    before,
    lines,
    lineHeight: stage.lineHeight(look),
    draw: (y, toPlace) =>
      node.write(() => stage.draw(text, left, y, look, { ...place, place: toPlace })),
  };
}
