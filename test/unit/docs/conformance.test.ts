import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

const { conformancePage } = jest.requireActual<{ conformancePage: () => string }>(
  '../../../docs/conformance-page.cjs',
);

/** Without what Prettier changes: widths of cells, and breaks of lines. */
const bare = (page: string) => page.replaceAll(/-{3,}/g, '---').replaceAll(/\s+/g, ' ');

describe('docs/conformance.md', () => {
  it('is what the tests make it', async () => {
    const written = await readFile(resolve(__dirname, '../../../docs/conformance.md'), 'utf8');
    expect(bare(written)).toBe(bare(conformancePage()));
  });

  it('has a section for each product', () => {
    for (const product of [
      'RoleReady',
      'Pathfinder',
      'ResumeBuilder',
      'Proposal Generator',
      'CV Website',
    ]) {
      expect(conformancePage()).toContain(`## ${product}\n`);
    }
  });
});
