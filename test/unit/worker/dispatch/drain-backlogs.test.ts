import {
  type Backlog,
  type ClaimedDelivery,
  endBacklog,
  listBacklogs,
  pullHeld,
  returnDeliveries,
  type Store,
} from '@careerhooks/store';
import { createBacklogDrain } from '../../../../worker/src/dispatch/drain-backlogs';
import type { ClaimedWithSlot } from '../../../../worker/src/dispatch/send-claimed';
import { KeptSlot, type Slot } from '../../../../worker/src/limiter/slot';

jest.mock('@careerhooks/store', () => ({
  ...jest.requireActual<object>('@careerhooks/store'),
  endBacklog: jest.fn(),
  listBacklogs: jest.fn(),
  pullHeld: jest.fn(),
  returnDeliveries: jest.fn(() => Promise.resolve()),
}));

const going = new AbortController().signal;

beforeEach(() => {
  jest.clearAllMocks();
  jest.mocked(endBacklog).mockResolvedValue(true);
});

/** Backlogs that wait, at a limiter that has `room` slots, or one for a probe. */
function world({ room = 64, mayProbe = true, backlogs = [backlogOf()] } = {}) {
  const seen = {
    sent: [] as string[],
    kept: 0,
    undone: [] as string[],
    failing: [] as [string, boolean][],
    woken: 0,
    ended: 0,
  };
  jest.mocked(listBacklogs).mockResolvedValue(backlogs);
  const keep = (): Slot => {
    seen.kept += 1;
    return new KeptSlot(seen, {
      use: (_, work) => work(),
      giveBack: (of) => void (of.kept -= 1),
    });
  };
  const drain = createBacklogDrain({
    store: {} as Store,
    limiter: {
      acquire: () => (seen.kept < room ? keep() : undefined),
      acquireProbe: () => (mayProbe ? keep() : undefined),
      undoProbe: (id) => seen.undone.push(id),
      setFailing: (id, failing) => seen.failing.push([id, failing]),
    },
    claimedSender: {
      send(claimed: readonly ClaimedWithSlot[]) {
        seen.sent.push(...claimed.map(({ delivery }) => delivery.id));
        return Promise.resolve();
      },
    },
    wakeWorkflows: () => (seen.woken += 1),
    ended: () => (seen.ended += 1),
  });
  return { drain, seen };
}

function backlogOf(facts: Partial<Backlog> = {}): Backlog {
  return {
    endpointId: 'ep_1',
    waits: true,
    ordered: false,
    failingSince: null,
    ratePerSecond: null,
    ...facts,
  };
}

/** What waits in the database. */
function waiting(...deliveries: { id: string; isFirst?: boolean }[]): void {
  jest
    .mocked(pullHeld)
    .mockImplementation((_, { limit }) =>
      Promise.resolve(
        deliveries
          .splice(0, limit)
          .map(({ id, isFirst = true }) => ({ id, isFirst }) as ClaimedDelivery),
      ),
    );
}

const limits = () => jest.mocked(pullHeld).mock.calls.map(([, { limit }]) => limit);

test('as many are sent as there are slots for, in order; what is not used is given back', async () => {
  const { drain, seen } = world({ room: 5 });
  waiting({ id: 'dlv_1' }, { id: 'dlv_2' });
  expect(await drain.run(going)).toBe(true);
  expect(limits()).toEqual([5]);
  expect(seen).toMatchObject({ sent: ['dlv_1', 'dlv_2'], kept: 2, ended: 0 });
});

test('where there is no slot, the database is not asked', async () => {
  const { drain } = world({ room: 0 });
  expect(await drain.run(going)).toBe(false);
  expect(pullHeld).not.toHaveBeenCalled();
});

test('at most 64 are pulled at once, so that no endpoint keeps the others waiting', async () => {
  const { drain } = world({ room: 1_000 });
  waiting({ id: 'dlv_1' });
  await drain.run(going);
  expect(limits()).toEqual([64]);
});

test('of an ordered endpoint the next alone', async () => {
  const { drain, seen } = world({ backlogs: [backlogOf({ ordered: true })] });
  waiting({ id: 'dlv_1' }, { id: 'dlv_2' });
  await drain.run(going);
  expect(limits()).toEqual([1]);
  expect(seen.sent).toEqual(['dlv_1']);
});

test('one that was attempted before is given back for its workflow, and its slot, too', async () => {
  const { drain, seen } = world();
  waiting({ id: 'dlv_1' }, { id: 'dlv_2', isFirst: false });
  expect(await drain.run(going)).toBe(true);
  expect(returnDeliveries).toHaveBeenCalledWith({}, ['dlv_2']);
  expect(seen).toMatchObject({ sent: ['dlv_1'], kept: 1, woken: 1 });
});

test('when nothing waits any more the backlog ends, and what came meanwhile is looked for soon', async () => {
  const { drain, seen } = world();
  waiting();
  expect(await drain.run(going)).toBe(false);
  expect(endBacklog).toHaveBeenCalledWith({}, 'ep_1');
  expect(seen).toMatchObject({ kept: 0, ended: 1 });
});

test('a backlog that something has come into does not end', async () => {
  const { drain, seen } = world();
  waiting();
  jest.mocked(endBacklog).mockResolvedValue(false);
  await drain.run(going);
  expect(seen.ended).toBe(0);
});

describe('an endpoint that is failing', () => {
  const failing = backlogOf({ failingSince: 1 });

  test('is probed by one delivery, and nothing has moved yet', async () => {
    const { drain, seen } = world({ backlogs: [failing] });
    waiting({ id: 'dlv_1' }, { id: 'dlv_2' });
    expect(await drain.run(going)).toBe(false);
    expect(limits()).toEqual([1]);
    expect(seen).toMatchObject({ sent: ['dlv_1'], undone: [], failing: [['ep_1', true]] });
  });

  test('costs no statement until it is time for a probe', async () => {
    const { drain } = world({ backlogs: [failing], mayProbe: false });
    await drain.run(going);
    expect(pullHeld).not.toHaveBeenCalled();
  });

  test('costs no statement while nothing waits for it', async () => {
    const { drain } = world({ backlogs: [backlogOf({ failingSince: 1, waits: false })] });
    await drain.run(going);
    expect(pullHeld).not.toHaveBeenCalled();
  });

  test('may be probed soon again where nothing was there to probe it by', async () => {
    const { drain, seen } = world({ backlogs: [failing] });
    waiting();
    await drain.run(going);
    expect(seen).toMatchObject({ undone: ['ep_1'], kept: 0 });
  });

  test('may be probed soon again where the database did not answer', async () => {
    const { drain, seen } = world({ backlogs: [failing] });
    jest.mocked(pullHeld).mockRejectedValue(new Error('the database is away'));
    await expect(drain.run(going)).rejects.toThrow('away');
    expect(seen).toMatchObject({ undone: ['ep_1'], kept: 0, sent: [] });
  });
});

test('a process that stops pulls nothing more', async () => {
  const stopping = new AbortController();
  const { drain, seen } = world({ backlogs: [backlogOf(), backlogOf({ endpointId: 'ep_2' })] });
  jest.mocked(pullHeld).mockImplementation(() => {
    stopping.abort();
    return Promise.resolve([{ id: 'dlv_1', isFirst: true } as ClaimedDelivery]);
  });
  expect(await drain.run(stopping.signal)).toBe(false);
  expect(seen.sent).toEqual(['dlv_1']);
});

test('says which endpoints have a backlog, and whether a rate limit slows one', async () => {
  const { drain } = world({ backlogs: [backlogOf({ ratePerSecond: 5 })], room: 0 });
  expect([drain.has('ep_1'), drain.isRateLimited()]).toEqual([false, false]);
  await drain.run(going);
  expect([drain.has('ep_1'), drain.has('ep_2'), drain.isRateLimited()]).toEqual([
    true,
    false,
    true,
  ]);
});
