import type { Migration } from './migration';

/** `notes`: what a step of a change could not do all of, as a JSON list of sentences; null for none. */
export const cvStepNotes: Migration = {
  name: '0010-cv-step-notes',
  up: (on) => on.run('alter table cv_steps add column notes text').then(() => undefined),
};
