import type PDFDocument from 'pdfkit';
import type { Link } from './content/content';

export type Pdf = InstanceType<typeof PDFDocument>;
type Element = ReturnType<Pdf['struct']>;
type Options = NonNullable<Parameters<Pdf['struct']>[1]>;

/** An element of the structure that screen readers and converters read, in the order of first use. */
export interface Node {
  child(type: string, options?: Options): Node;
  /** Draws content of the element. */
  write(draw: () => void): void;
  /** Draws a link in the element. */
  link(link: Link, draw: () => void): void;
}

/** The structure of a document: its root. */
export function createTree(pdf: Pdf): Node {
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  return createNode(pdf, () => root);
}

function createNode(pdf: Pdf, element: () => Element): Node {
  return {
    child(type, options = {}) {
      let made: Element | undefined;
      return createNode(pdf, () => {
        if (made === undefined) {
          made = pdf.struct(type, options);
          // Before its own children, so that what they draw is drawn at once.
          element().add(made);
        }
        return made;
      });
    },
    write: (draw) => void element().add(draw),
    link: ({ says }, draw) => void element().add(pdf.struct('Link', { alt: says }, draw)),
  };
}

/** Draws what is no content: rules, page numbers. */
export function drawArtifact(pdf: Pdf, type: 'Layout' | 'Pagination', draw: () => void): void {
  pdf.markContent('Artifact', type === 'Layout' ? { type } : { type, attached: ['Bottom'] });
  draw();
  pdf.endMarkedContent();
}
