import type { Body, Entry, Part, Section } from '../content/content';
import type { Block } from '../flow';
import type { Stage } from '../stage';
import type { Node, Pdf } from '../tree';
import { headBlocks } from './entry-head';
import { headingBlock } from './heading';
import { lineBlock } from './line';
import { pointBlocks } from './points';
import { rowBlocks } from './rows';
import { textBlock } from './text';

type OutlineItem = ReturnType<Pdf['outline']['addItem']>;

/** A section with its heading, and both in the outline. */
export function sectionBlocks(stage: Stage, parent: Node, section: Section): Block[] {
  const node = parent.child('Sect');
  let bookmark: OutlineItem | undefined;
  // The words of headings are English, whatever the rest is written in.
  const heading = headingBlock(stage, node.child('H2', { lang: 'en' }), section.title, () => {
    bookmark = stage.pdf.outline.addItem(section.title);
  });
  const blocks = section.parts.flatMap((part) =>
    partBlocks(stage, node, part, (title) => void bookmark?.addItem(title)),
  );
  const [first, ...rest] = blocks;
  // The heading's own distance is enough.
  return first === undefined ? [] : [heading, { ...first, before: 0 }, ...rest];
}

function partBlocks(
  stage: Stage,
  node: Node,
  part: Part,
  onTitle: (title: string) => void,
): Block[] {
  const { design } = stage;
  switch (part.type) {
    case 'entry':
      return entryBlocks(stage, node.child('Sect'), part, onTitle);
    case 'rows':
      return rowBlocks(stage, node, part.rows);
    case 'line': {
      const own = node.child('P');
      return [
        lineBlock(
          stage,
          part.items.map((item) => ({ ...item, look: design.note, node: own })),
          {
            before: design.gap.paragraph,
            separator: design.header.separator,
            separatorLook: design.note,
            node: own,
          },
        ),
      ];
    }
    default:
      return bodyBlocks(stage, node, part);
  }
}

function entryBlocks(
  stage: Stage,
  node: Node,
  entry: Entry,
  onTitle: (title: string) => void,
): Block[] {
  const head = headBlocks(stage, entry, node, () => onTitle(entry.title.text));
  const body = entry.body.flatMap((part) => bodyBlocks(stage, node, part));
  return [...head, ...body].map((block, index, all) => ({
    ...block,
    keep: keepsNext(index, head.length, all),
  }));
}

/** No head stands at a page's end without two lines, and no last line of an entry alone at the next one's top. */
function keepsNext(index: number, heads: number, blocks: readonly Block[]): boolean {
  if (index === blocks.length - 1) return false;
  const isShort = (at: number): boolean => blocks[at]?.lines === 1;
  return (
    index < heads ||
    (index === heads && isShort(index)) ||
    (index === blocks.length - 2 && isShort(index + 1))
  );
}

function bodyBlocks(stage: Stage, node: Node, part: Body): Block[] {
  const { gap, body, note } = stage.design;
  if (part.type === 'points') return pointBlocks(stage, node, part.points);
  const style =
    part.type === 'note' ? { look: note, before: gap.note } : { look: body, before: gap.paragraph };
  return [textBlock(stage, node.child('P'), part.text, style)].filter(({ lines }) => lines > 0);
}
