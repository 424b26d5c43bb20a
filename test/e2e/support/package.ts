import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../support/process';

/** The package under test, as n8n names it. */
export const PACKAGE = 'n8n-nodes-careerhooks';

/**
 * Copies of the checkout what npm publishes of it.
 *
 * @param version that it says it has, instead of its own.
 */
export async function copyPackage(target: string, version?: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    files: string[];
  };
  for (const path of ['package.json', ...manifest.files]) {
    await cp(join(ROOT, path), join(target, path), { recursive: true });
  }
  if (version === undefined) return;
  await writeFile(join(target, 'package.json'), JSON.stringify({ ...manifest, version }));
}
