import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(__dirname, '../../..');

/** Pages of ours, which are text for people. */
function pages(folder = ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return ['node_modules', 'dist', 'data'].includes(entry.name) || entry.name.startsWith('.')
        ? []
        : pages(path);
    }
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** A page without its blocks and pieces of code. */
function prose(path: string): string {
  return readFileSync(path, 'utf8')
    .replace(/^( *)```[^]*?^ *```$/gm, '')
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()#]/g, ''));
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(path: string): Set<string> {
  const anchors = new Set<string>();
  const times = new Map<string, number>();
  const text = readFileSync(path, 'utf8').replace(/^( *)```[^]*?^ *```$/gm, '');
  for (const [, heading = ''] of text.matchAll(/^#{1,6} (.*)$/gm)) {
    const slug = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-');
    const seen = times.get(slug) ?? 0;
    times.set(slug, seen + 1);
    anchors.add(seen === 0 ? slug : `${slug}-${seen}`);
  }
  return anchors;
}

test.each(pages().map((path) => relative(ROOT, path)))('%s links to what is there', (page) => {
  const path = join(ROOT, page);
  const targets = [...prose(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  const broken = targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [file = '', anchor] = target.split('#');
    const to = file === '' ? path : join(dirname(path), decodeURIComponent(file));
    if (!existsSync(to)) return true;
    return anchor !== undefined && to.endsWith('.md') && !anchorsOf(to).has(anchor);
  });
  expect(broken).toEqual([]);
});

test('there are pages, with links', () => {
  expect(pages().length).toBeGreaterThan(15);
  expect(anchorsOf(join(ROOT, 'README.md')).has('start')).toBe(true);
});
