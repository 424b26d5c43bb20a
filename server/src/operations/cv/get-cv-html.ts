import { ThemeError } from '@careerhooks/cv';
import { readCurrentCv } from '../../cv/read';
import { defineOperation } from '../../operation';
import { pageAnswer, presentPage } from '../../present/present-cv-file';
import { Problem } from '../../problems/problem';
import { requireCvKey } from './require-cv-key';

export const getCvHtmlOperation = defineOperation({
  id: 'getCvHtml',
  method: 'get',
  path: '/v1/cv/html',
  tag: 'CV',
  summary: 'Show the CV as a page',
  description:
    'One file of HTML as the newest change left the CV, by the theme that the operator has chosen (`CV_HTML_THEME`).',
  access: 'any',
  responses: { '200': pageAnswer },
  problems: ['forbidden', 'cv_theme_failed'],
  async handle({ caller }, { store, cvPage, log }) {
    requireCvKey(caller);
    const { version, cv } = await readCurrentCv(store);
    try {
      return presentPage(await cvPage(cv), version);
    } catch (error) {
      if (!(error instanceof ThemeError)) throw error;
      log.error({ err: error, system: 'cv' }, 'the theme made no page');
      throw new Problem('cv_theme_failed', error.message);
    }
  },
});
