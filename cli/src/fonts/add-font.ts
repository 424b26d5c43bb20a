import { createHash, randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CatalogueFont, FONT_CATALOGUE } from '@careerhooks/cv';
import {
  createEgressClient,
  type EgressClient,
  type EgressPolicy,
  parseUrl,
} from '@careerhooks/egress';
import { extract } from 'tar';
import { SetupError } from '../settings';

const REGISTRY = 'https://registry.npmjs.org';
const TIMEOUT_MS = 600_000;
/** The largest package, of Chinese, has 57 MB. */
const MAX_BYTES = 128 * 1024 * 1024;
const MAX_REDIRECTS = 3;

/** Regular and bold, and the fonts' licence. */
const WANTED = /^package\/(?:(?:400Regular|700Bold)\/[^/]+\.ttf|LICENSE_FONT)$/;

export interface AddFontSettings {
  /** Gets a folder for the font. */
  folder: string;
  /** `npm_config_registry` names another registry than npm's. */
  env: NodeJS.ProcessEnv;
  egressPolicy: EgressPolicy;
}

/**
 * Downloads a font of the catalogue from npm's registry into its place in the folder, where it replaces what was
 * there. Nothing is put there unless it is the pinned package, byte for byte.
 *
 * @returns where it is.
 * @throws SetupError where there is no such font, or it could not be had; with what else can be done.
 */
export async function addFont(name: string, settings: AddFontSettings): Promise<string> {
  const font = findFont(name);
  const client = createEgressClient(settings.egressPolicy);
  try {
    const tarball = await download(tarballUrl(font, settings.env), client);
    check(tarball, font);
    return await unpack(tarball, font, settings.folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupError(
      `The font ${name} could not be added: ${reason.replace(/\.$/, '')}. ${font.package}@${font.version} can also be had by hand: ` +
        `put TTF files of its folders 400Regular and 700Bold into ${settings.folder}.`,
    );
  } finally {
    await client.close();
  }
}

function findFont(name: string): CatalogueFont {
  const font = FONT_CATALOGUE.find((entry) => entry.name === name.toLowerCase());
  if (font) return font;
  const names = FONT_CATALOGUE.map((entry) => entry.name).join(', ');
  throw new SetupError(`There is no font ${JSON.stringify(name)}. There are: ${names}.`);
}

function tarballUrl(font: CatalogueFont, env: NodeJS.ProcessEnv): string {
  const named = (env.npm_config_registry ?? env.NPM_CONFIG_REGISTRY ?? '').trim();
  const registry = named === '' ? REGISTRY : named.replace(/\/+$/, '');
  const file = `${font.package.replace(/^.*\//, '')}-${font.version}.tgz`;
  return `${registry}/${font.package}/-/${file}`;
}

async function download(first: string, client: EgressClient): Promise<Buffer> {
  let url = first;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await client.request({
      method: 'GET',
      url,
      headers: { accept: 'application/octet-stream', 'accept-encoding': 'identity' },
      timeoutMs: TIMEOUT_MS,
      maxAnswerBytes: MAX_BYTES,
    });
    // Registries keep packages in stores of others; no token goes along.
    const next =
      answer.status >= 300 && answer.status < 400 && redirects < MAX_REDIRECTS
        ? parseUrl(answer.headers.location ?? '', url)
        : undefined;
    if (next) {
      url = next.href;
      continue;
    }
    if (answer.status !== 200) throw new Error(`${withoutSecrets(url)} answered ${answer.status}`);
    return answer.body;
  }
}

/** An address without user and password, and without the query by which stores sign theirs. */
function withoutSecrets(address: string): string {
  const url = parseUrl(address);
  return url === undefined ? 'The registry' : `${url.origin}${url.pathname}`;
}

function check(tarball: Buffer, { integrity, package: name, version }: CatalogueFont): void {
  const actual = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  if (actual === integrity) return;
  throw new Error(`what came is not ${name}@${version}: its integrity is ${actual}`);
}

async function unpack(tarball: Buffer, { name }: CatalogueFont, folder: string): Promise<string> {
  // Fonts are no secrets: whoever runs the worker may read what somebody else has added.
  if ((await mkdir(folder, { recursive: true })) !== undefined) await chmod(folder, 0o755);
  const place = join(folder, name);
  // Fonts are read from any folder in it but hidden ones.
  const draft = await mkdtemp(join(folder, '.adding-'));
  try {
    const archive = join(draft, 'package.tgz');
    const fonts = join(draft, name);
    await mkdir(fonts);
    await writeFile(archive, tarball);
    await extract({
      file: archive,
      cwd: fonts,
      strip: 1,
      noMtime: true,
      filter: (path) => WANTED.test(path),
    });
    await chmod(fonts, 0o755);
    const names = await readdir(fonts, { recursive: true, withFileTypes: true });
    for (const entry of names) {
      await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
    }
    const before = join(draft, randomUUID());
    await rename(place, before).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    });
    await rename(fonts, place);
    return place;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
