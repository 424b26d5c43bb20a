export { createEngine, type DeliveryEngine, type TemporalConnection } from './engine';
