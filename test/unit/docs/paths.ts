import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../../..');

/** A page of ours, without its blocks of code. */
export function read(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8').replaceAll(/^( *)```[^]*?^ *```$/gm, '');
}

/** Every path in backticks; `<…>` stands for a name. */
export function pathsIn(text: string): string[] {
  return [...text.matchAll(/`([\w.<>-]+(?:\/[\w.<>-]+)*\/?)`/g)].map(([, path]) => path!);
}

/** A place, and what the names stand for that led to it. */
interface Place {
  path: string;
  names: Readonly<Record<string, string>>;
}

/** What is there of a path from the root, whatever the names are that it leaves open; equal ones are one name. */
export function found(path: string): string[] {
  const steps = path.split('/').filter((step) => step !== '');
  const places = steps.reduce<Place[]>(
    (from, step) => from.flatMap((place) => next(place, step)),
    [{ path: ROOT, names: {} }],
  );
  return places.map((place) => place.path);
}

function next({ path, names }: Place, step: string): Place[] {
  if (!step.includes('<')) {
    const to = join(path, step);
    return existsSync(to) ? [{ path: to, names }] : [];
  }
  if (!statSync(path).isDirectory()) return [];
  const pattern = patternOf(step, names);
  return readdirSync(path).flatMap((name) => {
    const match = pattern.exec(name);
    return match === null ? [] : [{ path: join(path, name), names: { ...names, ...match.groups } }];
  });
}

function patternOf(step: string, names: Place['names']): RegExp {
  const seen = new Set<string>();
  const source = step.replaceAll('.', '\\.').replaceAll(/<(\w+)>/g, (_, name: string) => {
    const known = names[name];
    if (known !== undefined) return known.replaceAll('.', '\\.');
    if (seen.has(name)) return `\\k<${name}>`;
    seen.add(name);
    return `(?<${name}>[\\w-]+)`;
  });
  return new RegExp(`^${source}$`);
}
