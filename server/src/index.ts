export { createApp } from './app';
export type { Engine, ServerContext } from './context';
export { errorsPage } from './problems/errors-page';
export { createMetrics, type Metrics } from './metrics';
