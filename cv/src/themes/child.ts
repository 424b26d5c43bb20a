/** What runs in the process of a theme, and nowhere else. */
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { blockWaysOut } from './block';

/** What the process is given on its standard input. */
export interface ThemeRequest {
  /** The package; undefined where the working folder is the theme. */
  name: string | undefined;
  resume: unknown;
}

/** What it writes to its file descriptor 3. */
export type ThemeAnswer = { page: string } | { error: string };

type Import = (specifier: string) => Promise<unknown>;

/**
 * Renders one page and ends the process.
 *
 * @param load imports from the working folder, as only a module there can; ES modules, too.
 */
export async function main(load: Import): Promise<void> {
  const { name, resume } = JSON.parse(readFileSync(0, 'utf8')) as ThemeRequest;
  const exit = process.exit.bind(process);
  blockWaysOut();
  try {
    const render = renderOf(await load(name ?? entryOf(process.cwd())));
    const page: unknown = await render(resume);
    if (typeof page !== 'string' || page.trim() === '') {
      throw new Error('its render() gives no text.');
    }
    answer({ page });
  } catch (error) {
    answer({ error: inWords(error) });
  }
  exit(0);
}

/** What imports the theme in a folder: by its own name where it says what it exports. */
function entryOf(folder: string): string {
  const { name, exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name?: string;
    exports?: unknown;
  };
  if (name !== undefined && exports !== undefined) return name;
  return pathToFileURL(createRequire(join(folder, 'package.json')).resolve(folder)).href;
}

/** `render`, exported by an ES module, by a CommonJS one, or as the only thing. */
function renderOf(theme: unknown): (resume: unknown) => unknown {
  const { render, default: only } = theme as { render?: unknown; default?: unknown };
  const inside = (only as { render?: unknown } | undefined)?.render;
  const found = [render, inside, only].find((candidate) => typeof candidate === 'function');
  if (found === undefined) throw new Error('it exports no render().');
  return found as (resume: unknown) => unknown;
}

/** With what was refused, where Node says it. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { resource } = error as { resource?: unknown };
  const what = typeof resource === 'string' ? ` (${resource})` : '';
  return `${error.name}: ${error.message}${what}`;
}

function answer(content: ThemeAnswer): void {
  const bytes = Buffer.from(JSON.stringify(content));
  for (let sent = 0; sent < bytes.length;) sent += writeSync(3, bytes, sent);
}
