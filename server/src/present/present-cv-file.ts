import type { getCvPdf } from '@careerhooks/store';
import type { CvPage } from '../cv/page';
import type { Reply } from '../operation';

type CvPdf = NonNullable<Awaited<ReturnType<typeof getCvPdf>>>;

/** The CV's PDF, with the headers that `pdfHeaders` describes. */
export function presentPdf({ version, content, createdAt }: CvPdf): Reply {
  return {
    status: 200,
    bytes: content,
    type: 'application/pdf',
    headers: {
      'content-disposition': 'inline; filename="cv.pdf"',
      'x-cv-version': String(version),
      'last-modified': new Date(createdAt).toUTCString(),
    },
  };
}

/** The page of the CV of this version, with the headers that `pageHeaders` describes. */
export function presentPage({ html, policy }: CvPage, version: number): Reply {
  return {
    status: 200,
    bytes: Buffer.from(html),
    type: 'text/html; charset=utf-8',
    headers: { 'x-cv-version': String(version), 'content-security-policy': policy },
  };
}
