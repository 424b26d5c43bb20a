import { type CvDocument, emptyCv, renderInThread, renderPdf } from '@careerhooks/cv';
import { richCv } from '../../support/rich-cv';

/** As long as a CV may be. */
function longestCv(): CvDocument {
  const summary = 'Built engines for wind parks. '.repeat(600);
  const workExperience = Array.from({ length: 26 }, (_, index) => ({
    id: `w${index}`,
    position: `Post ${index}`,
    company: 'Northwind Example',
    startDate: '2020',
    summary: `${summary}${index}`,
  }));
  return { ...emptyCv(), workExperience };
}

test('a PDF is the same from a thread', async () => {
  const settings = { madeAt: new Date('2026-05-01'), style: 'modern', paper: 'letter' } as const;
  const personalInfo = { ...richCv().personalInfo, image: 'data:image/png;base64,AAAA' };
  const cv = { ...richCv(), personalInfo };
  const inThread = await renderInThread(cv, settings, { atOnce: 0 });
  expect(inThread).toEqual(await renderPdf(cv, settings));
  expect(inThread.notes).toEqual([expect.stringContaining('The picture is left out')]);
});

test('the process goes on while a long CV is drawn', async () => {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 5);
  const before = performance.eventLoopUtilization();
  const { content } = await renderInThread(longestCv());
  const { utilization } = performance.eventLoopUtilization(before);
  clearInterval(timer);
  expect(content.subarray(0, 5).toString()).toBe('%PDF-');
  expect(turns).toBeGreaterThan(10);
  expect(utilization).toBeLessThan(0.5);
});

test('a PDF that takes too long, or too much memory, is given up with what to do', async () => {
  await expect(renderInThread(longestCv(), {}, { milliseconds: 50 })).rejects.toThrow(
    'The PDF takes more than 0.05 s to draw: shorten the longest texts of the CV.',
  );
  await expect(renderInThread(longestCv(), {}, { heapMegabytes: 40 })).rejects.toThrow(
    'The PDF takes more than 40 MB of memory to draw: shorten the longest texts of the CV.',
  );
});
