import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PROBLEMS } from '../../../../server/src/problems/catalogue';
import { errorsPage } from '../../../../server/src/problems/errors-page';

const cells = (page: string): string[] =>
  [...page.matchAll(/^\| (.+?) +\|/gm)].map(([, cell]) => cell!.trim());

describe('docs/errors.md', () => {
  it('is what the catalogues of the code make it', async () => {
    const written = await readFile(resolve(__dirname, '../../../../docs/errors.md'), 'utf8');
    expect(cells(written).filter((cell) => !cell.startsWith('---'))).toEqual(
      cells(errorsPage()).filter((cell) => !cell.startsWith('---')),
    );
  });

  it('names every problem of the API', () => {
    for (const code of Object.keys(PROBLEMS)) expect(errorsPage()).toContain(`\`${code}\``);
  });
});
