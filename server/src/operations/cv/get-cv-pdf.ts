import { getCvPdf } from '@careerhooks/store';
import { defineOperation } from '../../operation';
import { pdfAnswer, presentPdf } from '../../present/present-cv-file';
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
  responses: { '200': pdfAnswer },
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
    return presentPdf(pdf);
  },
});
