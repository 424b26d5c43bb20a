/** What the workflow bundle holds; the names are the workflow types. */
export { burst } from './burst';
export { cvUpdate } from './cv-update';
export { delivery } from './delivery';
export { purge } from './purge';
export { verification } from './verification';
