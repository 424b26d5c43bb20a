import PDFDocument from 'pdfkit';
import { createWriter, type FontSet, type TextStyle } from '../../cv/src/pdf/text';

/** A PDF with each text below the one before it. */
export function drawTexts(
  texts: readonly string[],
  fonts: FontSet,
  style: Partial<TextStyle> = {},
): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A4', margin: 0 });
  const chunks: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  const writer = createWriter(pdf, fonts);
  let y = 40;
  for (const text of texts) {
    y += writer.draw(text, 40, y, { size: 12, width: 500, lineGap: 6, ...style });
  }
  pdf.end();
  return whole;
}
