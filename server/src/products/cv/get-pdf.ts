import { getCvPdf } from '@careerhooks/store';
import { defineOperation } from '../../operation';
import { pdfAnswer, presentPdf } from '../../present/present-cv-file';
import { WebhookError } from './webhook-error';

export const getPdfOperation = defineOperation({
  id: 'cvGetPdf',
  method: 'get',
  path: '/api/cv.pdf',
  tag: 'CV',
  summary: 'Download the CV as PDF',
  description: 'The newest that was made; the header `x-cv-version` says of which version.',
  access: 'any',
  responses: { '200': pdfAnswer },
  async handle(_request, { store }) {
    const pdf = await getCvPdf(store);
    if (pdf === undefined) throw new WebhookError('NOT_FOUND', { reason: 'No PDF was made yet.' });
    return presentPdf(pdf);
  },
});
