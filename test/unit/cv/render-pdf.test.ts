import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { applyChange, type CvDocument, emptyCv, renderPdf } from '@careerhooks/cv';
import { sampleCv } from './sample-cv';

function read(pdf: Buffer): { pages: string[]; info: Record<string, string> } {
  const script = join(__dirname, '../../support/read-pdf.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { input: pdf });
  if (status !== 0) throw new Error(stderr.toString());
  return JSON.parse(stdout.toString()) as { pages: string[]; info: Record<string, string> };
}

test('has all sections on one page, and says whose it is', async () => {
  const { pages, info } = read(await renderPdf(sampleCv()));
  expect(pages).toHaveLength(1);
  for (const text of [
    'Name Surname',
    'Senior 3D Artist & AI Specialist',
    'name@example.com | +00 000 000 000 | Warsaw, Poland',
    'Professional summary here...',
    'Freelance',
    '2018 – Present',
    'Generated $2.5M+ in approvals',
    'Blender (Expert, 6 years), Unreal Engine (Advanced, 4 years)',
    'AI Avatar System',
    'Jan 2023 – Dec 2023',
    'Improved response time by 45%',
    'github.com/octocat',
    'portfolio3.0',
    '25,000 subscribers',
    '200 posts',
  ]) {
    expect(pages[0]).toContain(text);
  }
  expect(info).toMatchObject({ Title: 'Name Surname – CV', Author: 'Name Surname' });
});

test('is a function of the CV and its date', async () => {
  const first = await renderPdf(sampleCv(), new Date(1_700_000_000_000));
  expect(first.equals(await renderPdf(sampleCv(), new Date(1_700_000_000_000)))).toBe(true);
  expect(first.equals(await renderPdf(sampleCv(), new Date(1_700_000_001_000)))).toBe(false);
});

test('writes the scripts of Europe; leaves out emoji, and marks what it cannot draw', async () => {
  const pages = (
    await readCv({ name: 'Łukasz Ćma', title: 'Αθήνα Київ', summary: 'ﬁne 🎨👍🏽 work, 履歴' })
  ).pages;
  expect(pages[0]).toContain('Łukasz Ćma');
  expect(pages[0]).toContain('Αθήνα Київ');
  expect(pages[0]).toContain('fine work, ??');
});

test('a long CV flows over several pages, each with its number', async () => {
  const data = Array.from({ length: 30 }, (_, index) => ({
    id: `old-${index}`,
    position: `Position ${index}`,
    company: 'Company',
    responsibilities: ['A sentence that goes on for a while. '.repeat(8)],
  }));
  const { cv } = applyChange(sampleCv(), { action: 'add', section: 'workExperience', data });
  const { pages } = read(await renderPdf(cv));
  expect(pages.length).toBeGreaterThan(1);
  pages.forEach((page, index) =>
    expect(page).toContain(`Name Surname · ${index + 1} / ${pages.length}`),
  );
  expect(pages.join('')).toContain('Position 29');
});

test('an empty CV is a page, too', async () => {
  expect(read(await renderPdf(emptyCv())).info.Title).toBe('Curriculum Vitae');
});

async function readCv(personalInfo: CvDocument['personalInfo']) {
  return read(await renderPdf({ ...emptyCv(), personalInfo }));
}
