import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A node as parse5 has it. */
interface Node {
  nodeName: string;
  value?: string;
  tagName?: string;
  attrs?: { name: string; value: string }[];
  childNodes?: Node[];
}

/** What people get of a page. */
export interface Page {
  /** Each block on lines of its own, as it is read. */
  text: string;
  /** Elements that lead or load: `a href`, `img src`, with where. */
  links: { what: string; to: string }[];
}

/** What stands in a line with what is around it. */
const INLINE = new Set(
  'a abbr b bdi cite code em font i mark q small span strong sub sup time u'.split(' '),
);

const UNSEEN = new Set(['script', 'style', 'noscript', 'template', 'title']);

/** @param judges the folder that has parse5, which reads HTML as browsers do. */
export function pageReader(judges: string): (html: string) => Page {
  const { parse } = createRequire(join(judges, 'node_modules/'))('parse5') as {
    parse: (html: string) => Node;
  };
  return (html) => {
    const page: Page = { text: '', links: [] };
    visit(parse(html), page);
    page.text = page.text.replace(/[ \t\u00a0]+/g, ' ').replace(/\s*\n\s*/g, '\n');
    return page;
  };
}

function visit(node: Node, page: Page): void {
  if (UNSEEN.has(node.nodeName)) return;
  if (node.nodeName === '#text') page.text += node.value ?? '';
  for (const { name, value } of node.attrs ?? []) {
    if (name === 'href' || name === 'src') {
      page.links.push({ what: `${node.nodeName} ${name}`, to: value.trim() });
    }
  }
  const gap = node.tagName === undefined || INLINE.has(node.tagName) ? '' : '\n';
  page.text += gap;
  for (const child of node.childNodes ?? []) visit(child, page);
  page.text += gap;
}
