import type { Pdf } from './tree';

type LinkOptions = Parameters<Pdf['link']>[5];

/**
 * Has each link say where it leads, which pdfkit leaves empty: screen readers read it out, and some
 * programs that read CVs.
 */
export function describeLinks(pdf: Pdf): void {
  const link = pdf.link.bind(pdf);
  pdf.link = (x, y, width, height, url, options) => {
    // pdfkit writes objects of String as texts, and plain ones as names.
    const Contents: unknown = Object(describe(url));
    return link(x, y, width, height, url, { ...options, Contents } as LinkOptions);
  };
}

function describe(url: string): string {
  if (url.startsWith('mailto:')) return `E-mail to ${decoded(url.slice(7))}`;
  if (url.startsWith('tel:')) return `Call ${url.slice(4)}`;
  return url;
}

/** As it is where its percent signs are none of an encoding. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
