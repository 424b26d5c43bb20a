import type { CvDocument } from '../cv-document';
import { describeLinks } from './annotations';
import { headerBlocks } from './blocks/header';
import { sectionBlocks } from './blocks/section';
import { contentOf } from './content/content-of';
import { visible } from './content/visible';
import { type DesignName, DESIGNS } from './designs';
import { createDocument, type Paper } from './document';
import { flow } from './flow';
import { drawFooters } from './footer';
import { type Picture, readPicture } from './picture';
import { createStage } from './stage';
import { createWriter, type FontSettings, loadFonts } from './text';
import { createTree, type Pdf } from './tree';

export interface PdfSettings {
  /** The date in the metadata: the bytes are a function of the CV, the settings and this date. */
  madeAt?: Date;
  style?: DesignName;
  paper?: Paper;
  /** The language that the CV is written in, and where more fonts are. */
  fonts?: FontSettings;
}

export interface RenderedPdf {
  content: Buffer;
  /** What could not be shown, in sentences. */
  notes: string[];
}

/** The CV as a tagged PDF with its fonts embedded: all that it says, on as many pages as that needs. */
export async function renderPdf(
  given: CvDocument,
  settings: PdfSettings = {},
): Promise<RenderedPdf> {
  const cv = visible(given);
  const { madeAt = new Date(0), style = 'classic', paper = 'a4' } = settings;
  const { fonts = { lang: 'en' } } = settings;
  const notes: string[] = [];
  const design = DESIGNS[style];
  const content = contentOf(cv);
  const picture = pictureOf(cv, notes);
  const pdf = createDocument(cv, content, { paper, lang: fonts.lang, madeAt });
  const bytes = collect(pdf);
  describeLinks(pdf);
  const stage = createStage(pdf, createWriter(pdf, loadFonts(fonts)), design);
  const tree = createTree(pdf);
  const blocks = [
    ...headerBlocks(stage, tree, content, picture),
    ...content.sections.flatMap((section) => sectionBlocks(stage, tree, section)),
  ];
  const area = { top: design.margin.top, bottom: pdf.page.height - design.margin.bottom };
  flow(pdf, blocks, area);
  drawFooters(stage, content.name);
  pdf.end();
  return { content: await bytes, notes };
}

function collect(pdf: Pdf): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
}

/** A CV without its picture is better than none. */
function pictureOf({ personalInfo }: CvDocument, notes: string[]): Picture | undefined {
  try {
    return readPicture(personalInfo.image);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    notes.push(`The picture is left out, since it cannot be read: ${reason}.`);
    return undefined;
  }
}
