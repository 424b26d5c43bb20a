import type { getCvPdf } from '@careerhooks/store';
import { z } from 'zod';
import type { CvPage } from '../context';
import type { Reply, SuccessAnswer } from '../operation';

type CvPdf = NonNullable<Awaited<ReturnType<typeof getCvPdf>>>;

const versionHeader = z
  .int()
  .meta({ header: { description: 'Of which version of the CV it is' }, example: 7 });

/** The CV's PDF, as the reference describes it. */
export const pdfAnswer: SuccessAnswer = {
  description: 'The PDF',
  type: 'application/pdf',
  schema: z.string().meta({ format: 'binary' }),
  headers: z.object({
    'X-CV-Version': versionHeader,
    'Content-Disposition': z.string().meta({ header: { description: 'A name to save it by' } }),
    'Last-Modified': z.string().meta({ header: { description: 'When it was made' } }),
  }),
};

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

/** The CV as a page, as the reference describes it. */
export const pageAnswer: SuccessAnswer = {
  description: 'The page',
  type: 'text/html',
  schema: z.string(),
  headers: z.object({
    'X-CV-Version': versionHeader,
    'Content-Security-Policy': z
      .string()
      .meta({ header: { description: 'What the page may do; scripts never run' } }),
  }),
};

/** @param version the CV's, of which the page is. */
export function presentPage({ html, policy }: CvPage, version: number): Reply {
  return {
    status: 200,
    bytes: Buffer.from(html),
    type: 'text/html; charset=utf-8',
    headers: { 'x-cv-version': String(version), 'content-security-policy': policy },
  };
}
