import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { systems } from '@careerhooks/systems';
import { PRODUCTS } from '../../../server/src/products';
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
    const names = [...PRODUCTS, systems.get('cv')!].map(({ name }) => name);
    for (const name of names) expect(conformancePage()).toContain(`## ${name}\n`);
  });
});
