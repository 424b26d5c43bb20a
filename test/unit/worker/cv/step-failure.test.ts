import { CvError, NotifyError, SyncError } from '@careerhooks/cv';
import { EgressError } from '@careerhooks/egress';
import { codeOf, isFinal, retryDelayOf } from '../../../../worker/src/cv/step-failure';

const limited = (retryAt: number) => new SyncError('GITHUB_RATE_LIMITED', 'wait', retryAt);

test.each([
  [new CvError('VALIDATION_FAILED'), 'VALIDATION_FAILED', true],
  [new SyncError('REPOSITORY_NOT_FOUND', 'gone'), 'REPOSITORY_NOT_FOUND', true],
  [limited(0), 'GITHUB_RATE_LIMITED', false],
  [new NotifyError('SMTPUTF8_NOT_OFFERED', 'no'), 'SMTPUTF8_NOT_OFFERED', true],
  [new EgressError('timeout'), 'timeout', false],
  [new Error('out of memory'), 'STEP_FAILED', false],
  ['no error at all', 'STEP_FAILED', false],
])(
  'a step that failed by %s has a code, and is tried again unless that is in vain',
  (error, code, final) => {
    expect([codeOf(error), isFinal(error)]).toEqual([code, final]);
  },
);

test('the next try waits for as long as GitHub asks, and for a second at least', () => {
  const waitMs = retryDelayOf(limited(Date.now() + 60_000))!;
  expect(waitMs).toBeGreaterThan(59_000);
  expect(waitMs).toBeLessThanOrEqual(60_000);
  expect(retryDelayOf(limited(Date.now() - 5))).toBe(1_000);
  expect(retryDelayOf(new SyncError('GITHUB_UNAVAILABLE', 'away'))).toBeUndefined();
  expect(retryDelayOf(new EgressError('timeout'))).toBeUndefined();
});
