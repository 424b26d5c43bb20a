import {
  type CvDocument,
  PAGE_POLICY,
  renderHtml,
  renderTheme,
  type Theme,
  THEME_POLICY,
  toJsonResume,
} from '@careerhooks/cv';
import type { CvPage } from '../context';

/** How long a theme's page of the same CV is kept: the theme may be upgraded, or installed at last. */
const KEPT_MS = 300_000;
const FAILED_MS = 5_000;

/**
 * What makes the CV's page, by our own theme or by the operator's. A page of the operator's theme is
 * kept while the CV is the same, so that a process is started once for many requests.
 *
 * @param lang the language of our own page (BCP 47)
 * @returns the page; rejects with ThemeError where the operator's theme makes none.
 */
export function createCvPage(
  theme: Theme | undefined,
  lang: string,
): (cv: CvDocument) => Promise<CvPage> {
  if (theme === undefined) {
    return (cv) => Promise.resolve({ html: renderHtml(cv, lang), policy: PAGE_POLICY });
  }
  let kept: { resume: string; page: Promise<string>; until: number } | undefined;

  const render = (cv: CvDocument): Promise<string> => {
    const resume = JSON.stringify(toJsonResume(cv));
    if (kept?.resume === resume && Date.now() < kept.until) return kept.page;
    const page = renderTheme(theme, JSON.parse(resume));
    const entry = { resume, page, until: Date.now() + KEPT_MS };
    kept = entry;
    page.catch(() => {
      entry.until = Date.now() + FAILED_MS;
    });
    return page;
  };

  return async (cv) => ({ html: await render(cv), policy: THEME_POLICY });
}
