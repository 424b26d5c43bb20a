import { z } from 'zod';
import { count, moment, text } from '../fields';
import type { EventType } from '../system';

const resume_id = '7f9c24e8-3b12-4fef-91e0-b56a2d5a9d3c';
const user_id = '2c1d43b5-8f0a-4d6e-9a7b-1f5e0c9d8e72';

const exported = {
  resume_id: text,
  user_id: text,
  format: z.enum(['pdf', 'docx']),
  template: z.enum(['professional', 'modern', 'classic', 'minimal']),
  title: z.string(),
};

const resume = { resume_id: text, user_id: text, title: z.string(), version: count };

const account = { user_id: text, email: text, full_name: z.string() };

/**
 * The events of ResumeBuilder's document. Of `analysis.*` and `generation.*` it gives the names
 * alone, as events to come: whose they are, and why they failed, is all that they must say.
 */
export const events = {
  'export.completed': {
    description: 'A resume was exported as PDF or DOCX.',
    group: 'export',
    schema: z.looseObject({ ...exported, size_bytes: count }),
    example: {
      resume_id,
      user_id,
      format: 'pdf',
      template: 'professional',
      size_bytes: 123456,
      title: 'Resume Title',
    },
  },
  'export.failed': {
    description: 'A resume could not be exported.',
    group: 'export',
    schema: z.looseObject({ ...exported, error: text }),
    example: {
      resume_id,
      user_id,
      format: 'pdf',
      template: 'professional',
      error: 'Error message',
      title: 'Resume Title',
    },
  },
  'resume.created': {
    description: 'A user created a resume.',
    group: 'resume',
    schema: z.looseObject({ ...resume, created_at: moment }),
    example: {
      resume_id,
      user_id,
      title: 'Resume Title',
      version: 1,
      created_at: '2025-12-03T10:30:45.123456',
    },
  },
  'resume.updated': {
    description: 'A user changed a resume.',
    group: 'resume',
    schema: z.looseObject({ ...resume, updated_at: moment }),
    example: {
      resume_id,
      user_id,
      title: 'Updated Resume Title',
      version: 1,
      updated_at: '2025-12-03T11:45:30.123456',
    },
  },
  'resume.deleted': {
    description: 'A user deleted a resume.',
    group: 'resume',
    schema: z.looseObject({ ...resume, deleted_at: moment }),
    example: {
      resume_id,
      user_id,
      title: 'Deleted Resume Title',
      version: 1,
      deleted_at: '2025-12-03T12:00:00.123456',
    },
  },
  'user.email_verified': {
    description: 'A user verified their email address.',
    group: 'user',
    schema: z.looseObject({ ...account, verified_at: moment }),
    example: {
      user_id,
      email: 'user@example.com',
      full_name: 'User Name',
      verified_at: '2025-12-03T10:30:45.123456',
    },
  },
  'user.password_changed': {
    description: 'A user changed their password.',
    group: 'user',
    schema: z.looseObject({ ...account, changed_at: moment }),
    example: {
      user_id,
      email: 'user@example.com',
      full_name: 'User Name',
      changed_at: '2025-12-03T10:30:45.123456',
    },
  },
  'analysis.completed': {
    description: 'The analysis of a resume is complete.',
    group: 'analysis',
    schema: z.looseObject({ user_id: text }),
    example: { user_id, resume_id, score: 78, completed_at: '2025-12-03T10:30:45.123456' },
  },
  'analysis.failed': {
    description: 'The analysis of a resume failed.',
    group: 'analysis',
    schema: z.looseObject({ user_id: text, error: text }),
    example: {
      user_id,
      resume_id,
      error: 'Error message',
      failed_at: '2025-12-03T10:30:45.123456',
    },
  },
  'generation.completed': {
    description: 'The generation of resume content is complete.',
    group: 'generation',
    schema: z.looseObject({ user_id: text }),
    example: { user_id, resume_id, completed_at: '2025-12-03T10:30:45.123456' },
  },
  'generation.failed': {
    description: 'The generation of resume content failed.',
    group: 'generation',
    schema: z.looseObject({ user_id: text, error: text }),
    example: {
      user_id,
      resume_id,
      error: 'Error message',
      failed_at: '2025-12-03T10:30:45.123456',
    },
  },
} satisfies Record<string, EventType>;
