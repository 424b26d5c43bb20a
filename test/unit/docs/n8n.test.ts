import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CareerHooksApi } from '../../../credentials/CareerHooksApi.credentials';

const DOCS = join(__dirname, '../../../docs');
const PAGE = readFileSync(join(DOCS, 'n8n.md'), 'utf8');

/** As GitHub names the places that headings make. */
const anchors = [...PAGE.matchAll(/^#+ (.+)$/gm)].map(
  ([, title]) =>
    `#${title!
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-')}`,
);

describe('the page for users of n8n', () => {
  it('is where the credential leads', () => {
    expect(new CareerHooksApi().documentationUrl).toMatch(/\/docs\/n8n\.md$/);
  });

  it('has links that lead somewhere', () => {
    const links = [...PAGE.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!);
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) {
      const leads = link.startsWith('#') ? anchors.includes(link) : existsSync(join(DOCS, link));
      expect([link, leads]).toEqual([link, true]);
    }
  });
});
