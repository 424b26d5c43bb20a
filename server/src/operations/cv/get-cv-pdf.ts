import { getCvPdf } from '@careerhooks/store';
import { z } from 'zod';
import { defineOperation } from '../../operation';
import { Problem } from '../../problems/problem';
import { requireCvKey } from './require-cv-key';

export const getCvPdfOperation = defineOperation({
  id: 'getCvPdf',
  method: 'get',
  path: '/v1/cv/pdf',
  tag: 'CV',
  summary: 'Download the CV as PDF',
  description: 'The newest that was made; the header `x-cv-version` says of which version.',
  access: 'any',
  responses: {
    '200': {
      description: 'The PDF',
      type: 'application/pdf',
      schema: z.string().meta({ format: 'binary' }),
      headers: z.object({
        'X-CV-Version': z
          .int()
          .meta({ header: { description: 'Of which version of the CV it is' }, example: 7 }),
        'Content-Disposition': z.string().meta({ header: { description: 'A name to save it by' } }),
        'Last-Modified': z.string().meta({ header: { description: 'When it was made' } }),
      }),
    },
  },
  problems: ['forbidden', 'not_found'],
  async handle({ caller }, { store }) {
    requireCvKey(caller);
    const pdf = await getCvPdf(store);
    if (pdf === undefined) {
      throw new Problem(
        'not_found',
        'There is no PDF yet: the first is made after the first change of the CV.',
      );
    }
    return {
      status: 200,
      bytes: pdf.content,
      type: 'application/pdf',
      headers: {
        'content-disposition': 'inline; filename="cv.pdf"',
        'x-cv-version': String(pdf.version),
        'last-modified': new Date(pdf.createdAt).toUTCString(),
      },
    };
  },
});
