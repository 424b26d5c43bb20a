export type { CvServices } from './cv/cv-activities';
export type { TemporalConnection } from './temporal-connection';
export { createEngine, type Engine } from './engine';
export { createRemoteEngine, type RemoteEngine } from './remote-engine';
