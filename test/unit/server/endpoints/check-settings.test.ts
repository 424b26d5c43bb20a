import { findSystem, type System } from '@careerhooks/systems';
import type { ServerContext } from '../../../../server/src/context';
import { checkSettings } from '../../../../server/src/endpoints/check-settings';

const roleready = findSystem('roleready') as System;
const URL = 'https://hooks.example.com/careerhooks';
const context = { egressPolicy: { allowPrivate: true } } as unknown as ServerContext;

/** RoleReady's document: an answer within 10 s, three retries. */
describe('checkSettings', () => {
  it('holds the system’s own schedule to the limits of its document', () => {
    expect(checkSettings(context, roleready, { timeoutMs: 10_000, maxRetries: 3 })).toMatchObject({
      timeoutMs: 10_000,
      maxRetries: 3,
    });
    for (const [path, given] of [
      ['timeout_seconds', { timeoutMs: 10_001 }],
      ['max_retries', { maxRetries: 4 }],
    ] as const) {
      expect(() => checkSettings(context, roleready, given)).toThrow(
        expect.objectContaining({
          code: 'invalid_request',
          issues: [expect.objectContaining({ path })],
        }),
      );
    }
  });

  it('lets the extended schedule be more, whether it is chosen now or was before', () => {
    const more = { timeoutMs: 60_000, maxRetries: 12 };
    expect(checkSettings(context, roleready, { ...more, schedule: 'extended' })).toMatchObject(
      more,
    );
    const extended = { url: URL, schedule: 'extended', timeoutMs: null, maxRetries: null } as const;
    expect(checkSettings(context, roleready, more, extended)).toMatchObject(more);
  });

  it('holds what is there to the limits, too, where an endpoint goes back to that schedule', () => {
    const extended = { url: URL, schedule: 'extended', timeoutMs: 60_000, maxRetries: 1 } as const;
    const back = { schedule: 'system' } as const;
    expect(() => checkSettings(context, roleready, back, extended)).toThrow(
      /timeout_seconds must be at most 10 seconds/,
    );
    expect(checkSettings(context, roleready, { ...back, timeoutMs: null }, extended)).toMatchObject(
      {
        schedule: 'system',
        timeoutMs: null,
      },
    );
  });

  it('refuses event types that the system has not, by their names', () => {
    const events = ['resume.parsed', 'cat.purred', 'dog.*'];
    expect(() => checkSettings(context, roleready, { events })).toThrow(
      expect.objectContaining({
        code: 'unknown_event_type',
        detail: expect.stringContaining('cat.purred, dog.*'),
      }),
    );
  });
});
