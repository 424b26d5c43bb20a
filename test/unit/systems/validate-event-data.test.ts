import { SystemsError, systems, validateEventData } from '@careerhooks/systems';
import type { SystemsErrorCode } from '@careerhooks/systems';
import { system } from '../../support/sample-deliveries';

function failure(act: () => unknown): SystemsError {
  try {
    act();
  } catch (error) {
    if (error instanceof SystemsError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

/** The issue paths, and the code that they came with. */
function rejection(key: string, type: string, data: unknown): [SystemsErrorCode, string[]] {
  const error = failure(() => {
    validateEventData(system(key), type, data);
  });
  return [error.code, error.issues.map(({ path }) => path)];
}

const required: [key: string, type: string, fields: string[]][] = [
  ['roleready', 'resume.parsed', ['resumeId', 'fileName', 'parsedAt', 'success']],
  ['roleready', 'resume.parse_failed', ['fileName', 'error', 'failedAt']],
  [
    'roleready',
    'ats.check_completed',
    ['resumeId', 'score', 'matchedKeywords', 'missingKeywords', 'completedAt'],
  ],
  ['roleready', 'ats.check_failed', ['resumeId', 'error', 'failedAt']],
  [
    'roleready',
    'tailoring.completed',
    ['resumeId', 'jobTitle', 'mode', 'atsScoreImprovement', 'completedAt'],
  ],
  ['roleready', 'tailoring.failed', ['resumeId', 'error', 'failedAt']],
  ['roleready', 'operation.cancelled', ['operationType', 'operationId', 'cancelledAt']],
  ['pathfinder', 'user.created', ['user']],
  ['pathfinder', 'user.updated', ['user']],
  ['pathfinder', 'user.deleted', ['user_id']],
  ['pathfinder', 'user.suspended', ['user', 'reason']],
  ['pathfinder', 'user.activated', ['user']],
  ['pathfinder', 'auth.login', ['session']],
  ['pathfinder', 'auth.logout', ['session_id']],
  ['pathfinder', 'auth.password_changed', ['user_id']],
  ['pathfinder', 'auth.mfa_enabled', ['user_id']],
  ['pathfinder', 'auth.failed_attempts', ['user_id', 'count']],
  ['pathfinder', 'experience.created', ['experience']],
  ['pathfinder', 'experience.updated', ['experience']],
  ['pathfinder', 'experience.deleted', ['experience_id']],
  ['pathfinder', 'experience.analyzed', ['experience_id', 'analysis']],
  ['pathfinder', 'resume.generated', ['resume']],
  ['pathfinder', 'resume.downloaded', ['resume_id', 'format']],
  ['pathfinder', 'admin.role_changed', ['user_id', 'old_roles', 'new_roles']],
  ['pathfinder', 'admin.approval_required', ['approval_request']],
  ['pathfinder', 'admin.audit_alert', ['alert']],
  [
    'resumebuilder',
    'export.completed',
    ['resume_id', 'user_id', 'format', 'template', 'title', 'size_bytes'],
  ],
  [
    'resumebuilder',
    'export.failed',
    ['resume_id', 'user_id', 'format', 'template', 'title', 'error'],
  ],
  ['resumebuilder', 'resume.created', ['resume_id', 'user_id', 'title', 'version', 'created_at']],
  ['resumebuilder', 'resume.updated', ['resume_id', 'user_id', 'title', 'version', 'updated_at']],
  ['resumebuilder', 'resume.deleted', ['resume_id', 'user_id', 'title', 'version', 'deleted_at']],
  ['resumebuilder', 'user.email_verified', ['user_id', 'email', 'full_name', 'verified_at']],
  ['resumebuilder', 'user.password_changed', ['user_id', 'email', 'full_name', 'changed_at']],
  ['resumebuilder', 'analysis.completed', ['user_id']],
  ['resumebuilder', 'analysis.failed', ['user_id', 'error']],
  ['resumebuilder', 'generation.completed', ['user_id']],
  ['resumebuilder', 'generation.failed', ['user_id', 'error']],
  ['proposals', 'job.created', ['job_id', 'proposal_id', 'status']],
  ['proposals', 'job.started', ['job_id', 'status']],
  ['proposals', 'job.progress', ['job_id', 'progress']],
  ['proposals', 'job.completed', ['job_id', 'proposal_id', 'document_id', 'status']],
  ['proposals', 'job.failed', ['job_id', 'error', 'error_details']],
  ['proposals', 'document.created', ['document_id', 'proposal_id', 'version']],
  ['proposals', 'proposal.created', ['proposal_id', 'title']],
  ['cv', 'cv.updated', ['section', 'ids']],
  ['cv', 'cv.item_added', ['section', 'ids']],
  ['cv', 'cv.item_deleted', ['section', 'ids']],
  ['cv', 'cv.synced', ['section', 'username', 'repositories']],
  ['cv', 'cv.pdf_regenerated', ['sizeBytes']],
  ['cv', 'cv.update_failed', ['action', 'section', 'code', 'error']],
];

test.each(required)('%s %s requires exactly what its document shows', (key, type, fields) => {
  expect(rejection(key, type, {})).toEqual(['invalid_event_data', fields]);
});

test('the list above has every event type', () => {
  const all = [...systems.values()].flatMap(({ key, events }) =>
    Object.keys(events).map((type) => `${key} ${type}`),
  );
  expect(required.map(([key, type]) => `${key} ${type}`).sort()).toEqual(all.sort());
});

test('refuses an unknown event type, also one that every object has', () => {
  expect(rejection('roleready', 'resume.exploded', {})).toEqual(['unknown_event_type', []]);
  expect(rejection('roleready', 'constructor', {})).toEqual(['unknown_event_type', []]);
});

test('says where in the data the faults are', () => {
  const data = {
    experience_id: '',
    analysis: { competencies: [{ area: 'Tax', level: 'Level 1', score: '0.9' }] },
  };
  expect(rejection('pathfinder', 'experience.analyzed', data)).toEqual([
    'invalid_event_data',
    ['experience_id', 'analysis.competencies[0].score', 'analysis.recommendations'],
  ]);
  const error = failure(() => {
    validateEventData(system('pathfinder'), 'experience.analyzed', data);
  });
  expect(error.message).toContain('analysis.competencies[0].score must be a number, not text');
});

test.each([[null], [[]], ['text'], [7], [undefined]])('refuses %j as data', (data) => {
  expect(rejection('proposals', 'job.started', data)).toEqual(['invalid_event_data', ['']]);
});

test('refuses times that are not ISO 8601, and takes the ways that the documents write them', () => {
  const at = (failedAt: unknown) => ({ resumeId: 'r', error: 'e', failedAt });
  for (const time of [1731578700, 'yesterday', '2024-11-14', '2024-13-14T10:05:00Z']) {
    expect(rejection('roleready', 'ats.check_failed', at(time))[1]).toEqual(['failedAt']);
  }
  for (const time of [
    '2024-11-14T10:05:00Z',
    '2024-11-14T10:05:00.000Z',
    '2025-12-03T10:30:45.123456',
    '2025-12-03T10:30:45+01:00',
  ]) {
    validateEventData(system('roleready'), 'ats.check_failed', at(time));
  }
});

test('leaves the data as it is, fields beyond the documented ones too', () => {
  const data = { extra: { deep: [1] }, job_id: 'job_1', status: 'processing' };
  const before = JSON.stringify(data);
  validateEventData(system('proposals'), 'job.started', data);
  expect(JSON.stringify(data)).toBe(before);
});
