import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';
import { instanceSettings, startCareerHooksProcess } from '../../support/process';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import {
  duplicates,
  eventIdOf,
  publish,
  recordedAsDelivered,
  register,
  tell,
  timesReceived,
  waitForAll,
} from '../../support/publishing';

const EVENTS = 500;
/** These are answered at once, and recorded before the kill. */
const ANSWERED = 100;
/**
 * The kill comes when so many are accepted: more beyond the answered ones than an endpoint may have
 * under way (128), so that some of them have not been sent.
 */
const KILL_AT = 350;
/** How long the receiver takes for all others until the kill: longer than it takes to accept them. */
const SLOW_MS = 8_000;

describe.each(DATABASES)('kill -9 in the middle of publications, on %s', (name) => {
  let dataDir: string;
  let database: TestDatabase | undefined;
  let receiver: TestReceiver;
  let settings: Record<string, string>;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-kill-'));
    database = name === 'postgres' ? await createDatabase(name) : undefined;
    receiver = await startTestReceiver();
    settings = await instanceSettings(dataDir);
    if (database !== undefined && 'databaseUrl' in database.location) {
      settings.DATABASE_URL = database.location.databaseUrl;
    }
  });

  afterAll(async () => {
    await receiver.stop();
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('loses no accepted event, and resumes within seconds', async () => {
    const first = await startCareerHooksProcess(settings);
    await first.connected();
    await register(first.call, receiver.url);
    let inFlightAtKill = 0;
    receiver.answer = () => (receiver.requests.length <= ANSWERED ? {} : { delayMs: SLOW_MS });
    const published = await publish(first.call, {
      prefix: 'evt',
      count: EVENTS,
      clients: 16,
      pauseMs: 75,
      onAccepted: (accepted) => {
        if (accepted !== KILL_AT) return;
        inFlightAtKill = receiver.requests.filter(({ answered }) => answered === undefined).length;
        void first.end('SIGKILL');
        receiver.answer = () => ({});
      },
    });
    await first.exited;
    await new Promise((resolve) => setTimeout(resolve, 100));
    const recorded = await recordedAsDelivered(settings);
    const before = timesReceived(receiver);
    const pending = new Set(published.accepted.filter((id) => !before.has(id)));
    const arrived = receiver.requests.length;

    const restartedAt = Date.now();
    const second = await startCareerHooksProcess(settings);
    await waitForAll(receiver, published.accepted, 90_000);

    const arrivals = receiver.requests
      .slice(arrived)
      .filter((request) => pending.has(eventIdOf(request)))
      .map((request) => request.at - restartedAt);
    const firstMs = Math.min(...arrivals);
    const lastMs = Math.max(...arrivals);
    // Duplicates come late, if at all: when Temporal takes the dead process's tasks for lost.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const twice = duplicates(receiver);
    tell(
      `${name}: ${published.accepted.length} accepted, ${pending.size} pending at the kill with ` +
        `${inFlightAtKill} on the wire; API back after ${second.answeredMs} ms, first pending ` +
        `delivery after ${firstMs} ms, last after ${lastMs} ms; ${twice.length} came twice`,
    );
    expect(published.accepted.length).toBeGreaterThanOrEqual(KILL_AT);
    expect(pending.size).toBeGreaterThan(0);
    expect(recorded.size).toBeGreaterThan(0);
    expect(twice.filter((id) => recorded.has(id))).toEqual([]);
    expect(await second.end('SIGTERM')).toMatchObject({ code: 0 });
  }, 120_000);
});
