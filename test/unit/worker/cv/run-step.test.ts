import {
  commitCvStep,
  type CvChangeRecord,
  getCvChange,
  recordCvFailure,
  type Store,
} from '@careerhooks/store';
import { pino } from 'pino';
import { SyncError } from '@careerhooks/cv';
import type { CvContext } from '../../../../worker/src/cv/cv-context';
import { runStep } from '../../../../worker/src/cv/run-step';

jest.mock('@careerhooks/store', () => ({
  ...jest.requireActual<object>('@careerhooks/store'),
  commitCvStep: jest.fn(() => Promise.resolve(true)),
  getCvChange: jest.fn(),
  recordCvFailure: jest.fn(() => Promise.resolve()),
}));

const step = { step: 'pdf', changeId: 'change_1' } as const;
const work = jest.fn(() => Promise.resolve({ notes: ['a picture was left out'] }));

/** A change whose PDF has this status, and what the step is made with. */
function world(status?: 'completed' | 'skipped' | 'retrying', debug = false) {
  const steps = status === undefined ? [] : [{ step: 'pdf', status }];
  jest
    .mocked(getCvChange)
    .mockResolvedValue({ id: 'change_1', steps } as unknown as CvChangeRecord);
  const lines: string[] = [];
  const seen = { woken: 0, lines };
  const context = {
    store: {} as Store,
    services: { debug },
    wake: () => (seen.woken += 1),
    log: pino({}, { write: (line: string) => void lines.push(line) }),
  } as unknown as CvContext;
  return { context, seen };
}

beforeEach(() => jest.clearAllMocks());

test.each([undefined, 'retrying'] as const)(
  'a step that is %s is made, and recorded',
  async (status) => {
    const { context, seen } = world(status);
    expect(await runStep(context, step, work)).toEqual({ status: 'completed' });
    expect(commitCvStep).toHaveBeenCalledWith({}, 'change_1', 'pdf', {
      notes: ['a picture was left out'],
      durationMs: expect.any(Number),
    });
    // Its event may have deliveries.
    expect(seen.woken).toBe(1);
  },
);

test.each(['completed', 'skipped'] as const)(
  'a step that was %s before is not made again, and says the same',
  async (status) => {
    const { context } = world(status);
    expect(await runStep(context, step, work)).toEqual({ status });
    expect(work).not.toHaveBeenCalled();
    expect(commitCvStep).not.toHaveBeenCalled();
  },
);

test('a step whose work had nothing to do is skipped', async () => {
  const { context } = world();
  const skip = () => Promise.resolve({ status: 'skipped' as const });
  expect(await runStep(context, step, skip)).toEqual({ status: 'skipped' });
});

test('why a step failed is recorded, and its workflow hears of it', async () => {
  const { context } = world();
  const refused = () => Promise.reject(new SyncError('GITHUB_TOKEN_REFUSED', 'refused'));
  await expect(runStep(context, step, refused)).rejects.toMatchObject({
    message: 'refused',
    type: 'GITHUB_TOKEN_REFUSED',
    nonRetryable: true,
  });
  expect(recordCvFailure).toHaveBeenCalledWith({}, 'change_1', 'pdf', {
    code: 'GITHUB_TOKEN_REFUSED',
    message: 'refused',
    durationMs: expect.any(Number),
  });
});

test('a step of a change that is not in the database is not tried again', async () => {
  const { context } = world();
  jest.mocked(getCvChange).mockResolvedValue(undefined);
  await expect(runStep(context, step, work)).rejects.toMatchObject({
    type: 'GONE',
    nonRetryable: true,
  });
  expect(work).not.toHaveBeenCalled();
});

test('each step is logged where that was asked for', async () => {
  const { context, seen } = world(undefined, true);
  await runStep(context, step, work);
  await runStep(context, step, () => Promise.reject(new Error('no'))).catch(() => undefined);
  const told = seen.lines.filter((line) => line.includes('[WEBHOOK DEBUG]'));
  expect(told).toEqual([
    expect.stringContaining('PDF regenerated: ✅'),
    expect.stringContaining('PDF regenerated: ❌'),
  ]);
});
