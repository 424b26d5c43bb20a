import schema from '@jsonresume/schema/schema.json';

interface SchemaNode {
  type?: string;
  $ref?: string;
  properties?: Record<string, SchemaNode>;
  items?: SchemaNode;
}

/** The names that older files have for fields of the schema. */
const ALIASES: Readonly<Record<string, string>> = {
  website: 'url',
  company: 'name',
  picture: 'image',
  gpa: 'score',
};

/** A text of a file in a field that the schema knows. */
export interface Leaf {
  /** Where it stands: `work[0].highlights[1]`. */
  path: string;
  /** The list or object that it is of: `work.highlights`. */
  field: string;
  text: string;
}

/** All that a file says in fields that the schema knows, under these names or older ones. */
export function leavesOf(file: unknown): Leaf[] {
  return walk(file, schema, '', '');
}

/** What of `file` is not in `again`; a text that stands in another field counts as lost. */
export function lostLeaves(file: unknown, again: unknown): Leaf[] {
  const there = new Set(leavesOf(again).map(({ field, text }) => `${field} ${normal(text)}`));
  return leavesOf(file).filter(({ field, text }) => !there.has(`${field} ${normal(text)}`));
}

/**
 * What may be written otherwise: an address gets a scheme, a date loses its time, a network has the name
 * that it gives itself.
 */
function normal(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^(?:https:\/\/)?(?=[^\s/@]+\.[a-z]{2,}(?:\/|$))/, 'https://')
    .replace(/^(\d{4}-\d\d-\d\d)t.*$/, '$1');
}

function walk(value: unknown, node: SchemaNode | undefined, path: string, field: string): Leaf[] {
  if (node === undefined || value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => walk(item, node.items, `${path}[${index}]`, field));
  }
  if (typeof value !== 'object') return [{ path, field, text: `${value as string | number}` }];
  return Object.entries(value).flatMap(([key, part]) => {
    const { properties = {} } = node;
    const name = Object.hasOwn(properties, key) ? key : (ALIASES[key] ?? key);
    if (key === '$schema' || !Object.hasOwn(properties, name)) return [];
    const dot = path === '' ? '' : '.';
    return walk(part, properties[name], `${path}${dot}${key}`, `${field}${dot}${name}`);
  });
}
