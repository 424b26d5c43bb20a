import type { Block } from '../flow';
import type { Stage } from '../stage';
import type { Node } from '../tree';
import { textBlock } from './text';

/** The points of a list, each with its mark. */
export function pointBlocks(stage: Stage, parent: Node, points: readonly string[]): Block[] {
  const { body, bullet, gap } = stage.design;
  const list = parent.child('L');
  return points.map((point, index): Block => {
    const item = list.child('LI');
    const mark = item.child('Lbl');
    const { rightToLeft } = stage.measure(point, body);
    const text = textBlock(stage, item.child('LBody'), point, {
      look: body,
      before: index === 0 ? gap.paragraph : gap.point,
      inset: bullet.indent,
    });
    return {
      ...text,
      draw(y, place) {
        mark.write(() => {
          const look = { ...body, colour: bullet.colour };
          stage.draw(bullet.mark, stage.left + 2, y, look, {
            width: stage.width - 4,
            align: rightToLeft ? 'right' : 'left',
            blank: true,
          });
        });
        text.draw(y, place);
      },
    };
  });
}
