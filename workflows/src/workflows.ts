/** What the workflow bundle holds; the names are the workflow types. */
export { delivery } from './delivery';
export { purge } from './purge';
export { verification } from './verification';
