import { z } from 'zod';
import { count, moment, text } from '../fields';
import type { EventType } from '../system';

/*
 * Pathfinder's document shows the data of `user.created` and `experience.analyzed`; of the
 * other seventeen it only names what they carry. Where it shows data, every field of it is
 * required; where it names an object, that object and its id are, and the rest is free.
 */

const userWithId = z.looseObject({ id: text });

const experienceWithId = z.looseObject({ id: text });

const user = {
  id: 'user_123',
  username: 'john_doe',
  email: 'john@example.com',
  first_name: 'John',
  last_name: 'Doe',
  roles: ['user'],
  created_at: '2024-03-01T10:00:00Z',
};

const experience = {
  id: 'exp_789',
  user_id: 'user_123',
  title: 'Financial Analyst',
  organization: 'Example Corporation',
  start_date: '2022-01-10',
  end_date: '2024-02-01',
};

export const events = {
  'user.created': {
    description: 'A user registered.',
    group: 'user',
    schema: z.looseObject({
      user: z.looseObject({
        id: text,
        username: text,
        email: text,
        first_name: z.string(),
        last_name: z.string(),
        roles: z.array(text),
        created_at: moment,
      }),
    }),
    example: { user },
  },
  'user.updated': {
    description: 'A user changed their profile.',
    group: 'user',
    schema: z.looseObject({ user: userWithId }),
    example: { user: { ...user, email: 'john.doe@example.com' } },
    previousAttributesExample: { email: 'john@example.com' },
  },
  'user.deleted': {
    description: 'A user account was deleted.',
    group: 'user',
    schema: z.looseObject({ user_id: text }),
    example: { user_id: 'user_123', metadata: { reason: 'requested_by_user' } },
  },
  'user.suspended': {
    description: 'A user account was suspended.',
    group: 'user',
    schema: z.looseObject({ user: userWithId, reason: text }),
    example: { user, reason: 'Repeated violation of the terms of use' },
  },
  'user.activated': {
    description: 'A user account was activated.',
    group: 'user',
    schema: z.looseObject({ user: userWithId }),
    example: { user },
  },
  'auth.login': {
    description: 'A user logged in.',
    group: 'auth',
    schema: z.looseObject({ session: z.looseObject({ id: text }) }),
    example: {
      session: {
        id: 'sess_456',
        user_id: 'user_123',
        ip_address: '192.0.2.10',
        user_agent: 'ExampleBrowser/1.0',
        created_at: '2024-03-01T10:00:00Z',
      },
    },
  },
  'auth.logout': {
    description: 'A user logged out.',
    group: 'auth',
    schema: z.looseObject({ session_id: text }),
    example: { session_id: 'sess_456' },
  },
  'auth.password_changed': {
    description: 'A user changed their password.',
    group: 'auth',
    schema: z.looseObject({ user_id: text }),
    example: { user_id: 'user_123' },
  },
  'auth.mfa_enabled': {
    description: 'A user turned on multi-factor authentication.',
    group: 'auth',
    schema: z.looseObject({ user_id: text }),
    example: { user_id: 'user_123' },
  },
  'auth.failed_attempts': {
    description: 'Several attempts to log in as a user failed.',
    group: 'auth',
    schema: z.looseObject({ user_id: text, count }),
    example: { user_id: 'user_123', count: 5 },
  },
  'experience.created': {
    description: 'A user added an experience.',
    group: 'experience',
    schema: z.looseObject({ experience: experienceWithId }),
    example: { experience },
  },
  'experience.updated': {
    description: 'A user changed an experience.',
    group: 'experience',
    schema: z.looseObject({ experience: experienceWithId }),
    example: { experience: { ...experience, title: 'Senior Financial Analyst' } },
    previousAttributesExample: { title: 'Financial Analyst' },
  },
  'experience.deleted': {
    description: 'A user removed an experience.',
    group: 'experience',
    schema: z.looseObject({ experience_id: text }),
    example: { experience_id: 'exp_789' },
  },
  'experience.analyzed': {
    description: 'The CPA analysis of an experience is complete.',
    group: 'experience',
    schema: z.looseObject({
      experience_id: text,
      analysis: z.looseObject({
        competencies: z.array(z.looseObject({ area: text, level: text, score: z.number() })),
        recommendations: z.array(z.string()),
      }),
    }),
    example: {
      experience_id: 'exp_789',
      analysis: {
        competencies: [{ area: 'Financial Reporting', level: 'Level 2', score: 0.85 }],
        recommendations: ['Add quantifiable achievements', 'Include team size managed'],
      },
    },
  },
  'resume.generated': {
    description: 'A resume was generated.',
    group: 'resume',
    schema: z.looseObject({ resume: z.looseObject({ id: text }) }),
    example: {
      resume: {
        id: 'resume_321',
        user_id: 'user_123',
        format: 'pdf',
        created_at: '2024-03-01T10:00:00Z',
      },
    },
  },
  'resume.downloaded': {
    description: 'A resume was downloaded.',
    group: 'resume',
    schema: z.looseObject({ resume_id: text, format: text }),
    example: { resume_id: 'resume_321', format: 'pdf' },
  },
  'admin.role_changed': {
    description: "A user's roles were changed.",
    group: 'admin',
    schema: z.looseObject({
      user_id: text,
      old_roles: z.array(text),
      new_roles: z.array(text),
    }),
    example: { user_id: 'user_123', old_roles: ['user'], new_roles: ['user', 'reviewer'] },
  },
  'admin.approval_required': {
    description: 'An action waits for approval.',
    group: 'admin',
    schema: z.looseObject({ approval_request: z.looseObject({ id: text }) }),
    example: {
      approval_request: {
        id: 'approval_654',
        action: 'user.delete',
        requested_by: 'user_123',
        requested_at: '2024-03-01T10:00:00Z',
      },
    },
  },
  'admin.audit_alert': {
    description: 'The audit raised a security alert.',
    group: 'admin',
    schema: z.looseObject({ alert: z.looseObject({ id: text }) }),
    example: {
      alert: {
        id: 'alert_987',
        severity: 'high',
        message: 'Role change outside office hours',
        user_id: 'user_123',
      },
    },
  },
} satisfies Record<string, EventType>;
