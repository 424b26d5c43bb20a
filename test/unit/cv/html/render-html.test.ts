import { createHash } from 'node:crypto';
import { type CvDocument, emptyCv, PAGE_POLICY, readCv, renderHtml } from '@careerhooks/cv';
import { fullCv } from '../../../support/full-cv';

/** What is read: the text of the page, without its head. */
function textOf(page: string): string {
  return page
    .replace(/^[\s\S]*<body>/, '')
    .replace(/<\/?(a|span|time|b)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, '\n')
    .replace(/[ \n]*\n[ \n]*/g, '\n');
}

/** The CV with each of its texts replaced. */
function withTexts(cv: CvDocument, replace: (text: string) => string): CvDocument {
  return JSON.parse(JSON.stringify(cv), (key, value: unknown) =>
    typeof value === 'string' && !/^(id|.*[dD]ate)$/.test(key) ? replace(value) : value,
  ) as CvDocument;
}

test('shows all that the CV has, dates as exact as they are', () => {
  const lines = textOf(renderHtml(fullCv())).split('\n');
  for (const line of [
    'Ada Example',
    'Senior Engineer &#38; Writer',
    'ada@example.com',
    '+48 22 123 45 67',
    'GitHub ada-example',
    'Mar 2021 – Present',
    'Chief Engineer',
    'Northwind Example · Gdańsk, Poland · Wind parks',
    'Plans the platform',
    'Cut costs by 40%',
    'TypeScript',
    '2018 – 30 Nov 2020',
    'Turbine Planner',
    'Lead · Northwind · application',
    'Backend Craft Virtuoso',
    'Node.js (8 years)',
    'Master, Computer Science',
    'Warsaw Sample University · Score: 4.9',
    'Compilers',
    'rotor-kit',
    'Certified Gardener',
    'Golden Rotor',
    '4 May 2019',
    'On Rotors',
    'Mentor',
    'Code for Sample',
    'Mentored 20 people',
    'Polish Native speaker',
    'Beekeeping Wild bees',
    'She is the best colleague.',
    'Grace Sample',
  ]) {
    expect(lines).toContain(line);
  }
});

test('newest first, and a position once', () => {
  const page = textOf(renderHtml(fullCv()));
  const order = ['Chief Engineer', 'Developer', 'Intern'].map((text) => page.indexOf(text));
  expect(order).toEqual([...order].sort((left, right) => left - right));
  expect(page.split('Chief Engineer')).toHaveLength(2);
});

test.each([
  ['an empty CV', emptyCv()],
  ['names alone', readCv('{"personalInfo": {"name": "Bo Example"}}')],
])('%s has no empty section, link or picture', (_, cv) => {
  const page = renderHtml(cv);
  expect(page).not.toMatch(/<section|<img|<a |=""|undefined|null|NaN/);
  expect(page).toMatch(/<h1 class="p-name">(Curriculum Vitae|Bo Example)<\/h1>/);
});

test('text stays text, wherever it is', () => {
  const hostile = `"><script>alert(1)</script><img src=x onerror='alert(1)'>&amp;`;
  const page = renderHtml(withTexts(fullCv(), () => hostile));
  expect(page).not.toMatch(/<script|<img|&amp;|onerror='/);
  expect(page).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
});

test('only web addresses are linked', () => {
  const page = renderHtml(withTexts(fullCv(), () => 'javascript:alert(1)'));
  expect(page).not.toMatch(/(href|src)="javascript/);
  const links = [...renderHtml(fullCv()).matchAll(/<a [^>]*href="(https?:[^"]+)" rel="([^"]+)"/g)];
  expect(links.length).toBeGreaterThan(8);
  for (const [, , rel] of links) expect(rel).toMatch(/\bnoopener noreferrer$/);
});

test('says its language, and may show its own style and nothing that runs', () => {
  const page = renderHtml(fullCv(), 'pl');
  expect(page).toMatch(/^<!doctype html>\n<html lang="pl">/);
  expect(page).not.toMatch(/<script|<link|<iframe|\son\w+=|style="/);
  const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(page) ?? [];
  const digest = createHash('sha256').update(style).digest('base64');
  expect(PAGE_POLICY).toContain(`style-src 'sha256-${digest}'`);
  expect(PAGE_POLICY).toContain("default-src 'none'");
});
