import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { controlPostgres, createDatabase, type TestDatabase } from '../../support/databases';
import { lineToDatabase } from '../../support/line';
import {
  type CareerHooksProcess,
  instanceSettings,
  startCareerHooksProcess,
} from '../../support/process';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';
import {
  duplicates,
  event,
  publish,
  register,
  tell,
  timesReceived,
  waitForAll,
} from '../../support/publishing';

let database: TestDatabase;
let line: Awaited<ReturnType<typeof lineToDatabase>>;
let dataDir: string;
let receiver: TestReceiver;
let careerHooks: CareerHooksProcess;

const CLIENTS = 8;
/** Set it to 60 for the full length. */
const OUTAGE_SECONDS = Number(process.env.POSTGRES_OUTAGE_SECONDS ?? '1');

describe('a PostgreSQL that goes away', () => {
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-database-'));
    database = await createDatabase('postgres');
    line = await lineToDatabase(
      'databaseUrl' in database.location ? database.location.databaseUrl : '',
    );
    receiver = await startTestReceiver();
    careerHooks = await startCareerHooksProcess({
      ...(await instanceSettings(dataDir)),
      DATABASE_URL: line.url,
    });
    await careerHooks.connected();
    await register(careerHooks.call, receiver.url);
  });

  afterAll(async () => {
    line.close();
    await receiver.stop();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** One publication that must be refused; returns how long the answer took. */
  async function refused(id: string): Promise<number> {
    const askedAt = Date.now();
    const { status, headers, body } = await careerHooks.call('POST', '/v1/events', event(id));
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'database_unavailable' });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    return Date.now() - askedAt;
  }

  /** Publishes until it is answered 202; returns how long that took. */
  async function acceptedAgain(id: string): Promise<number> {
    const askedAt = Date.now();
    const ask = () => careerHooks.call('POST', '/v1/events', event(id));
    await waitUntil(ask, ({ status }) => status === 202, 30_000);
    return Date.now() - askedAt;
  }

  const outages = [
    {
      name: 'is stopped',
      begin: () => controlPostgres('stop'),
      end: () => controlPostgres('start'),
      refusesWithinMs: 15_000,
    },
    {
      name: 'does not answer any more',
      begin: () => Promise.resolve().then(() => line.silence(true)),
      end: () => Promise.resolve().then(() => line.silence(false)),
      refusesWithinMs: 30_000,
    },
  ];

  it.each(outages)(
    'refuses events while PostgreSQL $name, and goes on by itself',
    async (outage) => {
      const prefix = outage.name.replaceAll(' ', '_');
      const stop = new AbortController();
      const publishing = publish(careerHooks.call, {
        prefix,
        count: 10_000,
        clients: CLIENTS,
        pauseMs: 50,
        until: stop.signal,
      });
      await sleep(500);
      await outage.begin();
      await sleep(OUTAGE_SECONDS * 1_000);
      stop.abort();
      const published = await publishing;
      const [ready, ...refusedMs] = await Promise.all([
        careerHooks.call('GET', '/readyz'),
        refused(`${prefix}_late_1`),
        refused(`${prefix}_late_2`),
      ]);
      expect(ready.status).toBe(503);
      expect((await careerHooks.call('GET', '/healthz')).status).toBe(200);

      await outage.end();
      const returnedAt = Date.now();
      const acceptedMs = await acceptedAgain(`${prefix}_again`);
      await waitForAll(receiver, [...published.accepted, `${prefix}_again`], 60_000);
      tell(
        `PostgreSQL ${outage.name}: ${published.accepted.length} accepted before, ` +
          `${published.refused.size} refused, each then within ${Math.max(...refusedMs)} ms; ` +
          `accepts ${acceptedMs} ms after its return, all delivered after ${Date.now() - returnedAt} ms; ` +
          `${duplicates(receiver).length} came twice`,
      );
      expect(published.accepted.length).toBeGreaterThan(0);
      expect(published.refused.size).toBeGreaterThan(0);
      expect(new Set(published.refused.values())).toEqual(new Set(['503 database_unavailable']));
      expect(Math.max(...refusedMs)).toBeLessThan(outage.refusesWithinMs);
      // A commit whose answer was lost stands; publishing what was refused again settles each, once.
      const ghosts = [...timesReceived(receiver).keys()].filter((id) => published.refused.has(id));
      expect(ghosts.length).toBeLessThanOrEqual(CLIENTS);
      for (const id of published.refused.keys()) {
        const { status, body } = await careerHooks.call('POST', '/v1/events', event(id));
        expect(status).toBe(202);
        if (ghosts.includes(id)) expect(body.duplicate).toBe(true);
      }
      await waitForAll(receiver, [...published.refused.keys()], 60_000);
      // What each client had published last may have been on the wire.
      expect(duplicates(receiver).length).toBeLessThanOrEqual(CLIENTS);
    },
    120_000 + OUTAGE_SECONDS * 1_000,
  );

  it('stops cleanly afterwards', async () => {
    expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });
  });
});
