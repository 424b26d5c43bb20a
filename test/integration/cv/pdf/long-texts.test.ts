import { emptyCv, renderPdf } from '@careerhooks/cv';
import { readPdf } from '../../../support/pdf-content';

/** As long as a text may be. */
const LENGTH = 20_000;

async function read(summary: string): Promise<string> {
  const cv = emptyCv();
  const { content } = await renderPdf({ ...cv, personalInfo: { ...cv.personalInfo, summary } });
  return readPdf(content).pages.join('').normalize('NFD');
}

test('all of a word of 20,000 letters is read', async () => {
  const text = await read('жш'.repeat(LENGTH / 2));
  expect(text.match(/[жш]/g)).toHaveLength(LENGTH);
});

test('all of 20,000 marks on one letter are read', async () => {
  const text = await read(`x${'\u0301'.repeat(LENGTH - 1)}`);
  expect(text.match(/\u0301/g)).toHaveLength(LENGTH - 1);
});

test('brackets and letters of both directions are read', async () => {
  const text = await read('aא('.repeat(2_000));
  expect(text.match(/א/g)).toHaveLength(2_000);
});
