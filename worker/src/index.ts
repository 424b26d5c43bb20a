export type { CvServices } from './cv/cv-activities';
export { createEngine, type DeliveryEngine, type TemporalConnection } from './engine';
export { createRemoteEngine, type RemoteEngine } from './remote-engine';
