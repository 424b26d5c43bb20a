import { pino } from 'pino';
import type { AttemptRecord } from '@careerhooks/store';
import { recordUntilDurable } from '../../../../worker/src/attempts/record-until-durable';

const record: AttemptRecord = {
  deliveryId: '0192f0c1-0000-7000-8000-000000000001',
  number: 1,
  startedAt: 0,
  durationMs: 1,
  statusCode: 200,
  errorCode: null,
  errorMessage: null,
  answerExcerpt: null,
  status: 'delivered',
  nextAttemptAt: null,
  leaseUntil: null,
};

describe('recording an attempt', () => {
  it('goes on until the database has it, so that the attempt is not made again', async () => {
    let tries = 0;
    const attemptLog = {
      add: () => {
        tries += 1;
        return tries < 3
          ? Promise.reject(new Error('away'))
          : Promise.resolve(['recorded' as const]);
      },
    };
    const outcome = await recordUntilDurable(attemptLog, record, pino({ level: 'silent' }));
    expect([outcome, tries]).toEqual(['recorded', 3]);
  });

  it('ends where the database answers that it knows no such delivery', async () => {
    const attemptLog = { add: () => Promise.resolve(['unknown' as const]) };
    const outcome = await recordUntilDurable(attemptLog, record, pino({ level: 'silent' }));
    expect(outcome).toBe('unknown');
  });
});
