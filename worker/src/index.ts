export type { CvServices } from './cv/cv-activities';
export { createEngine, type Engine, type TemporalConnection } from './engine';
export { createRemoteEngine, type RemoteEngine } from './remote-engine';
