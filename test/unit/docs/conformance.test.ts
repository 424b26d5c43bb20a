import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { bare } from './bare';

const { conformancePage } = jest.requireActual<{ conformancePage: () => string }>(
  '../../../docs/conformance-page.cjs',
);

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
