import PDFDocument from 'pdfkit';
import type { CvDocument } from '../cv-document';
import type { Content } from './content/content';
import type { Pdf } from './tree';

const PAPERS = { a4: 'A4', letter: 'LETTER' } as const;

export type Paper = keyof typeof PAPERS;

export const PAPER_NAMES = Object.keys(PAPERS) as [Paper, ...Paper[]];

/** What PDF/UA asks of a document that says it is one. */
const IDENTIFICATION =
  '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>';

/** A tagged PDF 1.7 with its metadata and one page, which nothing is drawn on. */
export function createDocument(
  cv: CvDocument,
  content: Content,
  { paper, lang, madeAt }: { paper: Paper; lang: string; madeAt: Date },
): Pdf {
  const named = (cv.personalInfo.name ?? '').trim() !== '';
  const pdf = new PDFDocument({
    size: PAPERS[paper],
    // Texts are placed by `flow`.
    margin: 0,
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    lang,
    displayTitle: true,
    info: {
      Title: named ? `${content.name} – CV` : content.name,
      Author: content.name,
      Subject: content.title.trim() === '' ? 'Curriculum Vitae' : content.title,
      ...keywordsOf(cv),
      Creator: 'CareerHooks',
      CreationDate: madeAt,
      ModDate: madeAt,
    },
  });
  pdf.appendXML(IDENTIFICATION);
  escapeXmp(pdf);
  keepOutlineClosed(pdf);
  joinContent(pdf);
  return pdf;
}

/** Pieces of a page's content. */
const JOINED = 1_000;

/** pdfkit keeps each operator in an array of its own until the end, which takes ten times the room of what is in it. */
function joinContent(pdf: Pdf): void {
  const own = pdf as Pdf & {
    addContent(data: string): Pdf;
    page: { content: { buffer: Uint8Array[] } };
  };
  const addContent = own.addContent.bind(pdf);
  own.addContent = (data) => {
    addContent(data);
    const { content } = own.page;
    if (content.buffer.length > JOINED) content.buffer = [Buffer.concat(content.buffer)];
    return pdf;
  };
}

function keywordsOf({ skills }: CvDocument): { Keywords?: string } {
  const names = skills.flatMap((category) => (category.skills ?? []).map(({ name }) => name));
  const keywords = [...new Set(names)].slice(0, 50).join(', ');
  return keywords === '' ? {} : { Keywords: keywords };
}

/** pdfkit writes the metadata into XML as they are, after it has written them as a dictionary. */
function escapeXmp(pdf: Pdf): void {
  const own = pdf as Pdf & { endMetadata(): void };
  const endMetadata = own.endMetadata.bind(pdf);
  own.endMetadata = () => {
    for (const [key, value] of Object.entries(pdf.info)) {
      if (typeof value === 'string') Object.assign(pdf.info, { [key]: escapeXml(value) });
    }
    endMetadata();
  };
}

const ENTITIES: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

function escapeXml(text: string): string {
  const legal = text.toWellFormed().replace(/[\ufffe\uffff]/g, '');
  return legal.replace(/[<>&]/g, (character) => ENTITIES[character] ?? character);
}

/** An outline would have viewers open a pane beside the page, which pdfkit asks them to. */
function keepOutlineClosed(pdf: Pdf): void {
  const own = pdf as Pdf & { endOutline(): void; _root: { data: Record<string, unknown> } };
  const endOutline = own.endOutline.bind(pdf);
  own.endOutline = () => {
    endOutline();
    delete own._root.data.PageMode;
  };
}
