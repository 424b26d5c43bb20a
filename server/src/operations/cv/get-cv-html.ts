import { ThemeError } from '@careerhooks/cv';
import { z } from 'zod';
import { readCurrentCv } from '../../cv/read';
import { defineOperation } from '../../operation';
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
  responses: {
    '200': {
      description: 'The page',
      type: 'text/html',
      schema: z.string(),
      headers: z.object({
        'X-CV-Version': z
          .int()
          .meta({ header: { description: 'Of which version of the CV it is' }, example: 7 }),
        'Content-Security-Policy': z
          .string()
          .meta({ header: { description: 'What the page may do; scripts never run' } }),
      }),
    },
  },
  problems: ['forbidden', 'cv_theme_failed'],
  async handle({ caller }, { store, cvPage, log }) {
    requireCvKey(caller);
    const { version, cv } = await readCurrentCv(store);
    try {
      const { html, policy } = await cvPage(cv);
      return {
        status: 200,
        bytes: Buffer.from(html),
        type: 'text/html; charset=utf-8',
        headers: {
          'x-cv-version': String(version),
          'content-security-policy': policy,
        },
      };
    } catch (error) {
      if (!(error instanceof ThemeError)) throw error;
      log.error({ err: error, system: 'cv' }, 'the theme made no page');
      throw new Problem('cv_theme_failed', error.message);
    }
  },
});
