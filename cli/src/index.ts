export { readSettings, type Settings } from './settings';
export { type CareerHooks, startCareerHooks } from './start/start';
export { installRuntime } from './start/install-runtime';
export { adminToken } from './admin-token';
export { type ApiClient, createApiClient } from './api-client';
