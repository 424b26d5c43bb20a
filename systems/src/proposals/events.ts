import { z } from 'zod';
import { count, text } from '../fields';
import type { EventType } from '../system';

/** The seven events of the Proposal Generator's document, and their data as it shows them. */
export const events = {
  'job.created': {
    description: 'A job was created.',
    group: 'job',
    schema: z.looseObject({ job_id: text, proposal_id: text, status: text }),
    example: { job_id: 'job_123', proposal_id: 'prop_123', status: 'pending' },
  },
  'job.started': {
    description: 'A job is being worked on.',
    group: 'job',
    schema: z.looseObject({ job_id: text, status: text }),
    example: { job_id: 'job_123', status: 'processing' },
  },
  'job.progress': {
    description: 'A job has come further; sent at most every ten seconds.',
    group: 'job',
    schema: z.looseObject({
      job_id: text,
      progress: z.looseObject({ completed: count, total: count, percentage: z.number() }),
    }),
    example: { job_id: 'job_123', progress: { completed: 5, total: 10, percentage: 50 } },
  },
  'job.completed': {
    description: 'A job is complete, and its document is ready.',
    group: 'job',
    schema: z.looseObject({ job_id: text, proposal_id: text, document_id: text, status: text }),
    example: {
      job_id: 'job_123',
      proposal_id: 'prop_123',
      document_id: 'doc_123',
      status: 'completed',
    },
  },
  'job.failed': {
    description: 'A job failed.',
    group: 'job',
    schema: z.looseObject({ job_id: text, error: text, error_details: z.looseObject({}) }),
    example: { job_id: 'job_123', error: 'Error message', error_details: { stage: 'research' } },
  },
  'document.created': {
    description: 'A document was created.',
    group: 'document',
    schema: z.looseObject({ document_id: text, proposal_id: text, version: count }),
    example: { document_id: 'doc_123', proposal_id: 'prop_123', version: 1 },
  },
  'proposal.created': {
    description: 'A proposal was created.',
    group: 'proposal',
    schema: z.looseObject({ proposal_id: text, title: z.string() }),
    example: { proposal_id: 'prop_123', title: 'AI Research Proposal' },
  },
} satisfies Record<string, EventType>;
