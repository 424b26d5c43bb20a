export type { AppliedChange } from './changes/applied-change';
export {
  type Action,
  ACTIONS,
  applyChange,
  type CvChange,
  readSyncRequest,
} from './changes/apply-change';
export { applySync } from './changes/apply-sync';
export { type CvDocument, emptyCv, type Section, SECTIONS } from './cv-document';
export { type SectionChange } from './json-resume/compare-cvs';
export { fromJsonResume } from './json-resume/from-json-resume';
export { type ImportedResume, importResume } from './json-resume/import-resume';
export { type NotUnderstood } from './json-resume/report';
export { readCv } from './read-cv';
export { CvError, type CvErrorCode, cvErrors, type CvIssue } from './errors';
export type { GitHubRequest, GitHubSection, Repository } from './sections/github';
export { type CatalogueFont, FONT_CATALOGUE } from './fonts/catalogue';
export { tellMissing } from './fonts/tell-missing';
export { type FontSet, type FontSettings, loadFonts } from './pdf/text';
export { type DesignName, DESIGN_NAMES } from './pdf/designs';
export { type Paper, PAPER_NAMES } from './pdf/document';
export { renderInThread } from './pdf/render-in-thread';
export { type PdfSettings, type RenderedPdf, renderPdf } from './pdf/render-pdf';
export { toJsonResume } from './to-json-resume';
export { syncGitHub, type SyncedGitHub } from './github/sync-github';
export { SyncError, type SyncErrorCode } from './github/sync-error';
export type { KeptAnswers } from './github/kept-answers';
export { type Channel, channelsOf, notify, type NotifySettings } from './notify/notify';
export { NotifyError } from './notify/notify-error';
export type { SmtpServer } from './notify/smtp-server';
export { PAGE_POLICY, renderHtml } from './html/render-html';
export { OWN_THEME, readTheme, type Theme } from './themes/read-theme';
export { renderTheme, ThemeError } from './themes/render-theme';
export { THEME_POLICY } from './themes/secure-page';
