import type PDFDocument from 'pdfkit';
import { FONTS, toDrawable } from './fonts';

type Pdf = InstanceType<typeof PDFDocument>;

export const COLOURS = {
  ink: '#1f2933',
  soft: '#52606d',
  accent: '#1d4e89',
  rule: '#cbd2d9',
} as const;

export const MARGIN = 50;

interface Style {
  font?: keyof typeof FONTS;
  size?: number;
  colour?: string;
  lineGap?: number;
}

/** A page that is written from top to bottom; a block that does not fit begins the next page. */
export interface Page {
  /** Left edge and width of the text. */
  readonly left: number;
  readonly width: number;
  /** A paragraph, over the whole width unless told otherwise. */
  paragraph(text: string, style?: Style): void;
  /** Text on the left, and a short one at the right end of its first line. */
  split(left: { text: string; rest?: string }, right: string): void;
  bullets(points: readonly string[]): void;
  /** A label in a column of its own, and text beside it. */
  labelled(label: string, text: string): void;
  heading(title: string): void;
  /** Begins a new page unless `height` points fit on this one. */
  need(height: number): void;
  gap(points: number): void;
}

const LABEL_WIDTH = 128;
const BULLET_INDENT = 12;

export function createPage(pdf: Pdf): Page {
  const left = MARGIN;
  const width = pdf.page.width - 2 * MARGIN;
  const bottom = (): number => pdf.page.height - MARGIN;

  const use = ({ font = 'regular', size = 9.5, colour = COLOURS.ink }: Style = {}): Pdf =>
    pdf.font(FONTS[font]).fontSize(size).fillColor(colour);

  const need = (height: number): void => {
    if (pdf.y + height > bottom()) pdf.addPage();
  };

  const write = (text: string, place: { x: number; width: number }, style: Style = {}): void => {
    const drawn = toDrawable(text);
    if (drawn === '') return;
    const options = { width: place.width, lineGap: style.lineGap ?? 2 };
    use(style);
    // A short block stays together; a long one flows over the page's end.
    const height = pdf.heightOfString(drawn, options);
    need(Math.min(height, 60));
    pdf.text(drawn, place.x, pdf.y, options);
  };

  return {
    left,
    width,
    need,
    gap: (points) => void (pdf.y += points),
    paragraph: (text, style) => write(text, { x: left, width }, style),
    split({ text, rest }, right) {
      const drawnRight = toDrawable(right);
      const rightWidth =
        drawnRight === ''
          ? 0
          : use({ size: 9, colour: COLOURS.soft }).widthOfString(drawnRight) + 12;
      need(40);
      const top = pdf.y;
      if (drawnRight !== '') {
        use({ size: 9, colour: COLOURS.soft }).text(
          drawnRight,
          left + width - rightWidth,
          top + 1,
          {
            width: rightWidth,
            align: 'right',
            lineBreak: false,
          },
        );
      }
      use({ font: 'bold', size: 10.5 }).text(toDrawable(text), left, top, {
        width: width - rightWidth,
        continued: rest !== undefined && rest !== '',
        lineGap: 2,
      });
      if (rest !== undefined && rest !== '') {
        use({ size: 10.5, colour: COLOURS.accent }).text(`  ${toDrawable(rest)}`, { lineGap: 2 });
      }
    },
    bullets(points) {
      for (const point of points) {
        const drawn = toDrawable(point);
        if (drawn === '') continue;
        const place = { width: width - BULLET_INDENT, lineGap: 1.5 };
        use();
        need(Math.min(pdf.heightOfString(drawn, place), 60));
        const top = pdf.y;
        use({ colour: COLOURS.accent }).text('•', left + 2, top, { lineBreak: false });
        use().text(drawn, left + BULLET_INDENT, top, place);
        pdf.y += 0.5;
      }
    },
    labelled(label, text) {
      const drawnLabel = toDrawable(label);
      const drawn = toDrawable(text);
      const labelPlace = { width: LABEL_WIDTH - 10, lineGap: 2 };
      const place = { width: width - LABEL_WIDTH, lineGap: 2 };
      const labelHeight = use({ font: 'bold' }).heightOfString(drawnLabel, labelPlace);
      const height = use().heightOfString(drawn, place);
      need(Math.min(Math.max(labelHeight, height), 80));
      const top = pdf.y;
      use({ font: 'bold' }).text(drawnLabel, left, top, labelPlace);
      const afterLabel = pdf.y;
      use().text(drawn, left + LABEL_WIDTH, top, place);
      // Text that flowed on to the next page ends below there, not beside its label.
      pdf.y = pdf.y < top ? pdf.y : Math.max(pdf.y, afterLabel);
      pdf.y += 2;
    },
    heading(title) {
      need(70);
      pdf.y += 12;
      use({ font: 'bold', size: 10, colour: COLOURS.accent }).text(
        title.toUpperCase(),
        left,
        pdf.y,
        {
          characterSpacing: 1.2,
        },
      );
      const line = pdf.y + 1;
      pdf
        .moveTo(left, line)
        .lineTo(left + width, line)
        .lineWidth(0.75)
        .strokeColor(COLOURS.rule)
        .stroke();
      pdf.y = line + 7;
    },
  };
}
