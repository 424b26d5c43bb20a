import type { z } from 'zod';
import type {
  committedCvChangeOut,
  cvChangeOut,
  cvOut,
  importedCvOut,
  newCvChange,
  resume,
} from '../schemas/cv';

/** What the reference shows of the CV. */

export const cvExample: z.output<typeof cvOut> = {
  version: 7,
  updated_at: '2026-11-24T09:30:00.000Z',
  cv: { personalInfo: { name: 'Alex Example', email: 'alex@example.com' } },
};

export const newCvChangeExample: z.input<typeof newCvChange> = {
  action: 'update',
  section: 'personalInfo',
  data: { name: 'Alex Example', email: 'alex@example.com' },
};

export const committedCvChangeExample: z.output<typeof committedCvChangeOut> = {
  id: 'wh_0192f0c4a7b17c3e8d21',
  action: 'update',
  section: 'personalInfo',
  version: 7,
  ids: [],
  warnings: [],
};

export const cvChangeExample: z.output<typeof cvChangeOut> = {
  id: 'wh_0192f0c4a7b17c3e8d21',
  action: 'update',
  section: 'personalInfo',
  status: 'failed',
  received_at: '2026-11-24T09:30:00.000Z',
  finished_at: '2026-11-24T09:30:01.250Z',
  processing_time: 1.25,
  error: { code: 'GITHUB_UNAVAILABLE', message: 'The repository could not be read.' },
  steps: [
    {
      step: 'github',
      status: 'failed',
      tries: 3,
      at: '2026-11-24T09:30:01.010Z',
      duration: 0.24,
      error: { code: 'GITHUB_UNAVAILABLE', message: 'The repository could not be read.' },
      notes: [],
    },
  ],
};

export const resumeExample: z.input<typeof resume> = {
  basics: { name: 'Alex Example', label: 'Engineer', email: 'alex@example.com' },
  work: [{ name: 'Acme', position: 'Engineer', startDate: '2018-03', highlights: ['Built it'] }],
};

export const importedCvExample: z.output<typeof importedCvOut> = {
  id: 'wh_0192f0c4a7b17c3e8d21',
  dry_run: false,
  version: 8,
  changes: [
    {
      section: 'workExperience',
      added: ['acme-engineer-2018'],
      changed: [],
      removed: [],
      reordered: false,
    },
  ],
  kept: ['education', 'skills'],
  ignored: [{ path: 'work[0].foo', reason: 'is no field that the CV has' }],
  ignored_total: 1,
};
