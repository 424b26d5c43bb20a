import type { Row } from '../content/content';
import { oneLine } from '../content/words';
import type { Block } from '../flow';
import type { Stage } from '../stage';
import type { Node } from '../tree';
import { blankOf, linkOf, write } from './line';
import { textBlock } from './text';

/** Of the width: a longer label has lines of its own, and so has one that is written the other way. */
const MOST = 0.6;

/** Labels, each with its text behind it, as one paragraph. */
export function rowBlocks(stage: Stage, parent: Node, rows: readonly Row[]): Block[] {
  return rows
    .flatMap((row) => rowBlock(stage, parent.child('P'), row))
    .filter(({ lines }) => lines > 0);
}

function rowBlock(stage: Stage, node: Node, { label, text }: Row): Block[] {
  const { label: look, body } = stage.design;
  const isAlone = stage.measure(text, body).lines === 0;
  const title = oneLine(isAlone ? label.text : `${label.text}:`);
  const wide = stage.widthOf(title, look);
  const above = textBlock(stage, node, title, { look, before: look.before });
  const drawLabel: Block['draw'] = (y, place) =>
    write({ node, ...label }, () =>
      stage.draw(title, stage.left, y, look, {
        width: stage.width,
        place,
        blank: true,
        ...linkOf(label),
      }),
    );
  if (isAlone) return [{ ...above, draw: drawLabel }];
  const turns = stage.measure(title, look).rightToLeft !== stage.measure(text, body).rightToLeft;
  if (turns || wide > MOST * stage.width) {
    const below = textBlock(stage, node, text, { look: body, before: 0 });
    return [{ ...above, keep: true, draw: drawLabel }, below];
  }
  const behind = textBlock(stage, node, text, {
    look: body,
    before: look.before,
    indent: wide + blankOf(stage, look),
  });
  return [
    {
      ...behind,
      draw(y, place) {
        drawLabel(y, () => y);
        behind.draw(y, place);
      },
    },
  ];
}
