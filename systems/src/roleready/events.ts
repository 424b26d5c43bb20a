import { z } from 'zod';
import { count, moment, text } from '../fields';
import type { EventType } from '../system';

const resumeId = 'clx3k9d2p0000v8l4h7q2m1ab';

/** The seven events of RoleReady's document, and their data as it shows them. */
export const events = {
  'resume.parsed': {
    description: 'A resume was parsed.',
    group: 'resume',
    schema: z.looseObject({
      resumeId: text,
      fileName: text,
      parsedAt: moment,
      success: z.boolean(),
    }),
    example: {
      resumeId,
      fileName: 'john_doe_resume.pdf',
      parsedAt: '2024-11-14T10:05:00Z',
      success: true,
    },
  },
  'resume.parse_failed': {
    description: 'A resume could not be parsed.',
    group: 'resume',
    schema: z.looseObject({ fileName: text, error: text, failedAt: moment }),
    example: {
      fileName: 'corrupted_file.pdf',
      error: 'Failed to extract text from PDF',
      failedAt: '2024-11-14T10:05:00Z',
    },
  },
  'ats.check_completed': {
    description: 'A resume was checked against what applicant tracking systems look for.',
    group: 'ats',
    schema: z.looseObject({
      resumeId: text,
      score: z.number(),
      matchedKeywords: count,
      missingKeywords: count,
      completedAt: moment,
    }),
    example: {
      resumeId,
      score: 85.5,
      matchedKeywords: 12,
      missingKeywords: 3,
      completedAt: '2024-11-14T10:05:00Z',
    },
  },
  'ats.check_failed': {
    description: 'The check for applicant tracking systems failed.',
    group: 'ats',
    schema: z.looseObject({ resumeId: text, error: text, failedAt: moment }),
    example: {
      resumeId,
      error: 'Failed to analyze job description',
      failedAt: '2024-11-14T10:05:00Z',
    },
  },
  'tailoring.completed': {
    description: 'A resume was tailored to a job.',
    group: 'tailoring',
    schema: z.looseObject({
      resumeId: text,
      jobTitle: text,
      mode: text,
      atsScoreImprovement: z.number(),
      completedAt: moment,
    }),
    example: {
      resumeId,
      jobTitle: 'Senior Software Engineer',
      mode: 'PARTIAL',
      atsScoreImprovement: 15.5,
      completedAt: '2024-11-14T10:05:00Z',
    },
  },
  'tailoring.failed': {
    description: 'A resume could not be tailored.',
    group: 'tailoring',
    schema: z.looseObject({ resumeId: text, error: text, failedAt: moment }),
    example: { resumeId, error: 'OpenAI API timeout', failedAt: '2024-11-14T10:05:00Z' },
  },
  'operation.cancelled': {
    description: 'The user cancelled an operation.',
    group: 'operation',
    schema: z.looseObject({ operationType: text, operationId: text, cancelledAt: moment }),
    example: {
      operationType: 'tailoring',
      operationId: 'clx3k9d2p0001v8l4f5t9w3cd',
      cancelledAt: '2024-11-14T10:05:00Z',
    },
  },
} satisfies Record<string, EventType>;
