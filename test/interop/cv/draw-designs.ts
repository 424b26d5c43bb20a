import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DESIGN_NAMES, renderPdf } from '@careerhooks/cv';
import { ROOT } from '../../support/process';
import { richCv } from '../../support/rich-cv';
import { run } from '../support/run';

/*
 * Draws the pictures of the CV's designs that docs/cv.md shows, with Poppler's `pdftoppm`:
 *
 *   npx jest --selectProjects designs
 */

const IMAGES = join(ROOT, 'docs/images');

/** Dots an inch: large enough to see a design, too small to read. */
const RESOLUTION = 66;

test.each(DESIGN_NAMES)('%s', async (style) => {
  const folder = await mkdtemp(join(tmpdir(), 'careerhooks-designs-'));
  const pdf = join(folder, 'cv.pdf');
  await writeFile(pdf, (await renderPdf(richCv(), { style })).content);
  const picture = join(IMAGES, `cv-${style}`);
  await run('pdftoppm', ['-r', String(RESOLUTION), '-l', '1', '-singlefile', '-png', pdf, picture]);
  await rm(folder, { recursive: true });
});
