import { emptyCv, renderPdf } from '@careerhooks/cv';
import { readPdf } from '../../../support/pdf-content';

test('a text of which nothing would be seen is none', async () => {
  const { content } = await renderPdf({
    ...emptyCv(),
    personalInfo: { name: 'Jo Doe', summary: '\u200b\u00ad' },
    workExperience: [
      { id: 'a', position: 'Clerk', company: 'Example', achievements: ['\u200b', 'Filed'] },
    ],
  });
  const text = readPdf(content).pages.join('\n');
  expect(text).not.toContain('Summary');
  expect(text.match(/•/g)).toHaveLength(1);
});

test('halves of characters and soft hyphens are in no title', async () => {
  const personalInfo = { name: 'Jo\ud800 D\u00adoe' };
  const { content } = await renderPdf({ ...emptyCv(), personalInfo });
  expect(readPdf(content).info).toMatchObject({ Title: 'Jo Doe – CV', Author: 'Jo Doe' });
});
