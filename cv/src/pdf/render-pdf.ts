import PDFDocument from 'pdfkit';
import type { CvDocument } from '../cv-document';
import { fontFiles, FONTS, toDrawable } from './fonts';
import { COLOURS, createPage, MARGIN, type Page } from './page';

/**
 * The CV as a PDF: A4, all sections that hold something, with its fonts embedded.
 *
 * @param madeAt the date in its metadata; the bytes are a function of the CV and this date.
 */
export function renderPdf(cv: CvDocument, madeAt: Date = new Date(0)): Promise<Buffer> {
  const name = toDrawable(cv.personalInfo.name ?? '') || 'Curriculum Vitae';
  const pdf = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    lang: 'en',
    displayTitle: true,
    info: {
      Title: name === 'Curriculum Vitae' ? name : `${name} – CV`,
      Author: name,
      Subject: toDrawable(cv.personalInfo.title ?? '') || 'Curriculum Vitae',
      Creator: 'CareerHooks',
      CreationDate: madeAt,
      ModDate: madeAt,
    },
  });
  const files = fontFiles();
  pdf.registerFont(FONTS.regular, files.regular);
  pdf.registerFont(FONTS.bold, files.bold);
  pdf.registerFont(FONTS.italic, files.italic);

  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
    const page = createPage(pdf);
    header(page, cv, name);
    experience(page, cv);
    projects(page, cv);
    skills(page, cv);
    repositories(page, cv);
    online(page, cv);
    pageNumbers(pdf, name);
    pdf.end();
  });
}

function header(page: Page, { personalInfo: person }: CvDocument, name: string): void {
  page.paragraph(name, { font: 'bold', size: 25, lineGap: 0 });
  page.paragraph(person.title ?? '', { size: 12.5, colour: COLOURS.accent, lineGap: 1 });
  page.gap(4);
  const contact = [person.email, person.phone, person.location, plainAddress(person.website)];
  page.paragraph(joined(contact, '   |   '), { size: 9, colour: COLOURS.soft });
  if ((person.summary ?? '') === '') return;
  page.heading('Profile');
  page.paragraph(person.summary ?? '', { lineGap: 2.5 });
}

function experience(page: Page, cv: CvDocument): void {
  if (cv.workExperience.length === 0) return;
  page.heading('Experience');
  for (const [index, position] of cv.workExperience.entries()) {
    if (index > 0) page.gap(7);
    page.split(
      { text: position.position, rest: joined([position.company, position.location], ', ') },
      period(position),
    );
    page.gap(1);
    page.bullets([...(position.responsibilities ?? []), ...(position.achievements ?? [])]);
    technologies(page, position.technologies);
  }
}

function projects(page: Page, cv: CvDocument): void {
  if (cv.projects.length === 0) return;
  page.heading('Projects');
  for (const [index, project] of cv.projects.entries()) {
    if (index > 0) page.gap(7);
    page.split({ text: project.name, rest: plainAddress(project.url) ?? '' }, period(project));
    page.gap(1);
    page.paragraph(project.description ?? '');
    page.bullets(project.achievements ?? []);
    technologies(page, project.technologies);
  }
}

function skills(page: Page, cv: CvDocument): void {
  if (cv.skills.length === 0) return;
  page.heading('Skills');
  for (const category of cv.skills) {
    const list = (category.skills ?? []).map(({ name, level, years }) => {
      const details = joined(
        [level, years === undefined ? '' : `${years} ${years === 1 ? 'year' : 'years'}`],
        ', ',
      );
      return details === '' ? name : `${name} (${details})`;
    });
    page.labelled(category.category, list.join(', '));
  }
}

function repositories(page: Page, { github }: CvDocument): void {
  if (github === null || github.repositories.length === 0) return;
  page.heading('Open source');
  page.paragraph(`github.com/${github.username}`, { size: 9, colour: COLOURS.soft });
  page.gap(3);
  for (const repository of github.repositories) {
    const stars =
      repository.stars === 0
        ? ''
        : `${repository.stars} ${repository.stars === 1 ? 'star' : 'stars'}`;
    const facts = joined([repository.languages.slice(0, 4).join(', '), stars], ' · ');
    page.labelled(repository.name, joined([repository.description ?? '', facts], ' — ') || '–');
  }
}

function online(page: Page, { socialMedia }: CvDocument): void {
  const accounts = Object.entries(socialMedia);
  if (accounts.length === 0) return;
  page.heading('Online');
  for (const [network, { handle, url, ...counts }] of accounts) {
    const facts = Object.entries(counts).map(([what, value]) =>
      typeof value === 'number' ? `${value.toLocaleString('en-GB')} ${what}` : `${what}: ${value}`,
    );
    page.labelled(
      capitalised(network),
      joined([handle, plainAddress(url), ...facts], ' · ') || '–',
    );
  }
}

function technologies(page: Page, names: readonly string[] | undefined): void {
  if (names === undefined || names.length === 0) return;
  page.gap(1);
  page.paragraph(names.join(' · '), { font: 'italic', size: 9, colour: COLOURS.soft });
}

/** On CVs of several pages only: whose it is, and which page. */
function pageNumbers(pdf: InstanceType<typeof PDFDocument>, name: string): void {
  const { count } = pdf.bufferedPageRange();
  if (count < 2) return;
  for (let index = 0; index < count; index += 1) {
    pdf.switchToPage(index);
    // Written into the margin, where text would otherwise begin another page.
    pdf.page.margins.bottom = 0;
    pdf
      .font(FONTS.regular)
      .fontSize(8)
      .fillColor(COLOURS.soft)
      .text(`${name} · ${index + 1} / ${count}`, MARGIN, pdf.page.height - 32, {
        width: pdf.page.width - 2 * MARGIN,
        align: 'right',
        lineBreak: false,
      });
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2018 – Present`, `Jan 2023 – Dec 2023` */
function period({
  startDate,
  endDate,
}: {
  startDate?: string | undefined;
  endDate?: string | undefined;
}): string {
  return joined([readable(startDate), readable(endDate)], ' – ');
}

function readable(date: string | undefined): string {
  const [, year = '', month] = /^(\d{4})-(\d{2})/.exec(date ?? '') ?? [];
  return month === undefined ? (date ?? '') : `${MONTHS[Number(month) - 1] ?? ''} ${year}`;
}

function plainAddress(url: string | undefined): string | undefined {
  return url?.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '');
}

function capitalised(text: string): string {
  const known: Record<string, string> = {
    youtube: 'YouTube',
    linkedin: 'LinkedIn',
    tiktok: 'TikTok',
    github: 'GitHub',
  };
  return known[text.toLowerCase()] ?? text.charAt(0).toUpperCase() + text.slice(1);
}

function joined(parts: readonly (string | undefined)[], separator: string): string {
  return parts.filter((part) => part !== undefined && part !== '').join(separator);
}
