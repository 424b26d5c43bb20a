export { createApp } from './app';
export type { Engine, ServerContext } from './context';
export { createMetrics, type Metrics } from './metrics';
