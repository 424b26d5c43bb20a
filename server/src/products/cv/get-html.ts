import { readCurrentCv } from '../../cv/read';
import { defineOperation } from '../../operation';
import { pageAnswer, presentPage } from '../../present/present-cv-file';

export const getHtmlOperation = defineOperation({
  id: 'cvGetHtml',
  method: 'get',
  path: '/api/cv.html',
  tag: 'CV',
  summary: 'Show the CV as a page',
  description: 'One file of HTML, by the theme that the operator has chosen (`CV_HTML_THEME`).',
  access: 'any',
  responses: { '200': pageAnswer },
  async handle(_request, { store, cvPage }) {
    const { version, cv } = await readCurrentCv(store);
    return presentPage(await cvPage(cv), version);
  },
});
