export type { CvServices } from './cv/cv-context';
export type { TemporalConnection } from './temporal-connection';
export { createEngine, type Engine } from './engine';
export { createRemoteEngine, type RemoteEngine } from './remote-engine';
