import { applyChange, type CvDocument, DESIGN_NAMES, emptyCv, renderPdf } from '@careerhooks/cv';
import { readPdf, type ReadPdf } from '../../../support/pdf-content';
import { longCv, richCv, sparseCv } from '../../../support/rich-cv';
import { sampleCv } from '../../../support/sample-cv';

async function read(cv: CvDocument, settings = {}): Promise<ReadPdf> {
  return readPdf((await renderPdf(cv, settings)).content);
}

/** The text with a blank between any two words, whatever the lines are. */
function inOneLine({ pages }: ReadPdf): string {
  return pages.join('\n').replace(/\s+/g, ' ');
}

test('has all that the CV Website’s document sends on one page', async () => {
  const pdf = await read(sampleCv());
  expect(pdf.pages).toHaveLength(1);
  for (const text of [
    'Name Surname',
    'Senior 3D Artist & AI Specialist',
    'name@example.com | +00 000 000 000 | Warsaw, Poland',
    'Professional summary here...',
    'Freelance | 2018 – Present',
    'Generated $2.5M+ in approvals',
    '3D Animation & Modeling: Blender (Expert, 6 years), Unreal Engine (Advanced, 4 years)',
    'AI Avatar System',
    'Jan 2023 – Dec 2023',
    'Improved response time by 45%',
    'github.com/octocat',
    'portfolio3.0: TypeScript, CSS · 1 star',
    '25,000 subscribers',
    '200 posts',
  ]) {
    expect(inOneLine(pdf)).toContain(text);
  }
});

/** What the PDF says in other words, or has no words for. */
const NOT_IN_WORDS = /^(id|countryCode|topics|pushedAt|(start|end|release)?[dD]ate|meta)$/;

function leavesOf(value: unknown, key = ''): string[] {
  if (NOT_IN_WORDS.test(key) || value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(item, key));
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([name, below]) => leavesOf(below, name));
  }
  if (typeof value === 'number') return [value.toLocaleString('en-GB')];
  return typeof value === 'string' ? [value.replace(/^https?:\/\//, '')] : [];
}

test.each(DESIGN_NAMES)('%s has everything that is in the CV', async (style) => {
  const pdf = await read(richCv(), { style });
  const text = inOneLine(pdf);
  const addresses = pdf.links.map(({ url }) => url.replace(/^https?:\/\//, ''));
  const missing = leavesOf(richCv()).filter(
    (leaf) => !text.includes(leaf.replace(/\s+/g, ' ')) && !addresses.includes(leaf),
  );
  expect(missing).toEqual([]);
  for (const date of ['Mar 2021 – Present', 'Jan 2017 – Feb 2021', '5 Nov 2022', 'Apr 2022']) {
    expect(text).toContain(date);
  }
});

test('the designs differ, and say the same', async () => {
  const rendered = await Promise.all(
    DESIGN_NAMES.map(async (style) => (await renderPdf(richCv(), { style })).content),
  );
  expect(new Set(rendered.map((pdf) => pdf.toString('latin1'))).size).toBe(DESIGN_NAMES.length);
  const words = rendered.map((pdf) =>
    (inOneLine(readPdf(pdf)).match(/[\p{L}\p{N}@./]+/gu) ?? []).filter(
      (word) => !/^[\d/]+$/.test(word),
    ),
  );
  const [first, ...others] = words.map((list) => new Set(list));
  for (const other of others) expect(other).toEqual(first);
});

test('is a function of the CV, the settings and its date', async () => {
  const at = (madeAt: Date) => renderPdf(richCv(), { madeAt }).then(({ content }) => content);
  const first = await at(new Date(1_700_000_000_000));
  expect(first.equals(await at(new Date(1_700_000_000_000)))).toBe(true);
  expect(first.equals(await at(new Date(1_700_000_001_000)))).toBe(false);
});

test('says whose it is, what of, and in which language', async () => {
  const { info, xmp } = await read(richCv(), { fonts: { lang: 'pl' } });
  expect(info).toMatchObject({
    PDFFormatVersion: '1.7',
    Language: 'pl',
    Title: 'Marta Przykładowa – CV',
    Author: 'Marta Przykładowa',
    Subject: 'Senior Software Engineer',
  });
  expect(info.Keywords).toContain('TypeScript, Java');
  expect(xmp).toMatchObject({ 'pdfuaid:part': '1', 'dc:title': 'Marta Przykładowa – CV' });
});

test('keeps what XML would take for its own in the metadata', async () => {
  const { info, xmp } = await read({
    ...emptyCv(),
    personalInfo: { name: 'Ann <R&D>', title: 'Søren & “Ñandú” ✨' },
  });
  expect(info).toMatchObject({ Title: 'Ann <R&D> – CV', Subject: 'Søren & “Ñandú” ✨' });
  expect(xmp).toMatchObject({
    'dc:title': 'Ann <R&D> – CV',
    'dc:description': 'Søren & “Ñandú” ✨',
  });
});

test('half a character is no reason to fail', async () => {
  const { pages, xmp } = await read({
    ...emptyCv(),
    personalInfo: { name: 'Jo \ud83d Doe', email: 'jo@example.com' },
    socialMedia: { 'x\udc00': { handle: '\ud83d' } },
  });
  expect(pages[0]).toContain('Jo Doe');
  expect(xmp['dc:title']).toContain('Doe – CV');
});

test('is on A4 unless told, and on letter', async () => {
  expect((await read(sparseCv())).sizes).toEqual([[595.28, 841.89]]);
  expect((await read(sparseCv(), { paper: 'letter' })).sizes).toEqual([[612, 792]]);
});

test('a long CV flows over several pages, each with its number', async () => {
  const { pages } = await read(longCv());
  expect(pages.length).toBeGreaterThan(5);
  pages.forEach((page, index) =>
    expect(page).toContain(`Marta Przykładowa · ${index + 1} / ${pages.length}`),
  );
});

test('one page has no number', async () => {
  expect((await read(sparseCv())).pages.join('')).not.toContain('1 / 1');
});

test.each(DESIGN_NAMES)('an empty CV is a page in %s, too', async (style) => {
  const { info, pages } = await read(emptyCv(), { style });
  expect(info.Title).toBe('Curriculum Vitae');
  expect(pages).toEqual([expect.stringContaining('Curriculum Vitae')]);
});

test('a list is shown in its order, and what has begun goes on', async () => {
  const { cv } = applyChange(sparseCv(), {
    action: 'add',
    section: 'workExperience',
    data: [
      { id: 'b', position: 'Second', company: 'B', startDate: '2020', endDate: '2021-06' },
      { id: 'c', position: 'Third', company: 'C', startDate: '2019-02-28', endDate: 'present' },
    ],
  });
  const text = inOneLine(await read(cv));
  expect(text).toContain('Barista Example Coffee | 2023 – Present');
  expect(text).toContain('C | 28 Feb 2019 – Present');
  expect(text.indexOf('Second')).toBeLessThan(text.indexOf('B | 2020 – Jun 2021'));
});
