import type { Block } from '../flow';
import type { Stage } from '../stage';
import { drawArtifact, type Node } from '../tree';

/** The heading of a section, with the rule that the design gives it. */
export function headingBlock(stage: Stage, node: Node, title: string, onDraw: () => void): Block {
  const { heading } = stage.design;
  const { rule } = heading;
  return {
    before: heading.before,
    lines: 1,
    lineHeight: stage.lineHeight(heading),
    after: heading.after + (rule.place === 'below' ? rule.gap : 0),
    keep: true,
    draw(_, place) {
      const y = place(0, stage.lineHeight(heading));
      node.write(() => {
        onDraw();
        stage.draw(title, stage.left, y, heading);
      });
      drawRule(stage, title, y);
    },
  };
}

function drawRule(stage: Stage, title: string, y: number): void {
  const { pdf, left, width } = stage;
  const { heading } = stage.design;
  const { rule } = heading;
  const right = left + width;
  const line = {
    below: { from: left, to: right, y: y + 1.2 * heading.size + rule.gap },
    // In the middle of small letters.
    beside: {
      from: left + stage.widthOf(title, heading) + rule.gap,
      to: right,
      y: y + 0.68 * heading.size,
    },
    bar: { from: left, to: left + 26, y: y - rule.gap },
  }[rule.place];
  drawArtifact(pdf, 'Layout', () =>
    pdf
      .moveTo(line.from, line.y)
      .lineTo(line.to, line.y)
      .lineWidth(rule.width)
      .strokeColor(rule.colour)
      .stroke(),
  );
}
