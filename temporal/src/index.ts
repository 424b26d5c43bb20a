export { type DevServer, type DevServerSettings, startDevServer } from './dev-server';
export { TemporalError, type TemporalErrorCode } from './errors';
export type { FindSettings } from './find-binary';
export { findTemporalCli, type TemporalCli } from './find-temporal-cli';
export { findTestServer } from './find-test-server';
export type { Log } from './log';
export { SEARCH_ATTRIBUTES } from './search-attributes';
