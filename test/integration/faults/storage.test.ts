import { mkdtemp, readdir, rename, rm, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CareerHooksProcess,
  instanceSettings,
  ROOT,
  runCareerHooks,
  startCareerHooksProcess,
  startProcess,
} from '../../support/process';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { fill, itWithDisk, mountSmall, unmount } from '../../support/small-disk';
import { waitUntil } from '../../support/wait-until';
import { check, FAULTLESS, faultsOf } from './checker';
import {
  event,
  eventIdOf,
  publish,
  register,
  tell,
  timesReceived,
  waitForAll,
} from '../../support/publishing';

let dataDir: string;
let receiver: TestReceiver;
let careerHooks: CareerHooksProcess;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-storage-'));
  receiver = await startTestReceiver();
});

afterEach(async () => {
  await receiver.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<void> {
  careerHooks = await startCareerHooksProcess(await instanceSettings(dataDir));
  await careerHooks.connected();
  await register(careerHooks.call, receiver.url);
}

itWithDisk(
  'refuses events while the disk is full, and goes on by itself when there is room',
  async () => {
    mountSmall(dataDir, 48);
    try {
      await start();
      const refused = new Set<string>();
      receiver.answer = (request) => {
        const id = eventIdOf(request);
        if (!id.endsWith('_7') || refused.has(id)) return {};
        refused.add(id);
        return { status: 500 };
      };
      const before = await publish(careerHooks.call, { prefix: 'before', count: 20, clients: 4 });
      fill(join(dataDir, 'ballast'));
      const enough = new AbortController();
      const filling = publish(careerHooks.call, {
        prefix: 'full',
        count: 10_000,
        clients: 4,
        pauseMs: 20,
        until: enough.signal,
      });
      const { body, status } = await waitUntil(
        () => careerHooks.call('POST', '/v1/events', event(`late_${Date.now()}`)),
        (answer) => answer.status !== 202,
        60_000,
      );
      expect([status, body.code]).toEqual([503, 'database_unavailable']);
      expect((await careerHooks.call('GET', '/healthz')).status).toBe(200);
      enough.abort();
      const during = await filling;
      expect([...new Set(during.refused.values())]).toEqual(['503 database_unavailable']);
      await rm(join(dataDir, 'ballast'));
      const freedAt = Date.now();
      await waitUntil(
        () => careerHooks.call('POST', '/v1/events', event('again')),
        (answer) => answer.status === 202,
        60_000,
      );
      const publications = [before, during];
      await waitUntil(
        () => Promise.resolve(check({ receiver, publications })),
        ({ lost }) => lost.length === 0,
        100_000,
      );
      tell(
        `disk full: ${during.accepted.length} accepted and ${during.refused.size} refused meanwhile; ` +
          `all accepted were delivered ${Date.now() - freedAt} ms after there was room`,
      );
      expect(faultsOf(check({ receiver, publications }))).toEqual(FAULTLESS);
      const ghosts = [...timesReceived(receiver).keys()].filter((id) => during.refused.has(id));
      expect(ghosts).toEqual([]);
      // Temporal's store was on that disk, too.
      await careerHooks.connected();
      expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });
    } finally {
      await careerHooks.end('SIGKILL');
      unmount(dataDir);
    }
  },
  150_000,
);

it('goes on answering while another process locks the SQLite file, and accepts when it lets go', async () => {
  await start();
  const program = join(ROOT, 'test/support/lock-sqlite.cjs');
  const file = join(dataDir, 'careerhooks.db');
  const locker = startProcess(process.execPath, [program, file, '8000'], {});
  await locker.says('locked');
  const lockedAt = Date.now();
  const publishing = publish(careerHooks.call, { prefix: 'locked', count: 4, clients: 4 });
  const healthMs: number[] = [];
  const released = new AbortController();
  void locker.exited.then(() => released.abort());
  while (!released.signal.aborted) {
    const askedAt = Date.now();
    expect((await careerHooks.call('GET', '/healthz')).status).toBe(200);
    healthMs.push(Date.now() - askedAt);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const published = await publishing;
  for (const answer of published.refused.values()) expect(answer).toBe('503 database_unavailable');
  await waitUntil(
    () => careerHooks.call('POST', '/v1/events', event('after')),
    ({ status }) => status === 202,
  );
  await waitForAll(receiver, ['after', ...published.accepted], 30_000);
  tell(
    `SQLite locked for ${Date.now() - lockedAt} ms: ${published.refused.size} of 4 refused, slowest healthz ` +
      `${Math.max(...healthMs)} ms; accepted and delivered by itself afterwards`,
  );
  // An event loop that stood still would have answered a few times at most.
  expect(healthMs.length).toBeGreaterThan(10);
  expect([...timesReceived(receiver).keys()].filter((id) => published.refused.has(id))).toEqual([]);
  expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });
}, 120_000);

it('loses nothing when its write-ahead log is deleted under load and it is killed then', async () => {
  await start();
  const publishing = publishOn('log');
  await publishing.reached(50);
  await unlink(join(dataDir, 'careerhooks.db-wal'));
  await careerHooks.says(/deleted the write-ahead log.*nothing is lost/, 5_000);
  await publishing.reached(publishing.accepted() + 50);
  await careerHooks.end('SIGKILL');
  const published = await publishing.stop();
  tell(`write-ahead log deleted under load: ${published.accepted.length} accepted`);
  expect([...published.refused.values()].filter((answer) => /^[1-5]/.test(answer))).toEqual([]);

  careerHooks = await startCareerHooksProcess(await instanceSettings(dataDir));
  await waitForAll(receiver, published.accepted, 60_000);
  expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });
}, 120_000);

it('stops accepting when another file takes the place of its database, and gets all back by a restoration', async () => {
  await start();
  const settings = await instanceSettings(dataDir);
  const backup = join(dataDir, 'backup.db');
  expect(await runCareerHooks(['backup', backup], settings).exited).toMatchObject({ code: 0 });
  // What is accepted last is known to the database alone.
  receiver.answer = () => ({ status: 500 });
  const publishing = publishOn('replaced');
  await publishing.reached(50);
  await rename(backup, join(dataDir, 'careerhooks.db'));
  const replacedAt = Date.now();
  const refused = await waitUntil(
    () => careerHooks.call('POST', '/v1/events', event(`late_${Date.now()}`)),
    ({ status }) => status !== 202,
  );
  tell(`database replaced under load: refused after ${Date.now() - replacedAt} ms`);
  expect([refused.status, refused.body.code]).toEqual([503, 'database_unavailable']);
  const published = await publishing.stop();
  expect([...new Set(published.refused.values())]).toEqual(['503 database_unavailable']);
  expect((await careerHooks.call('GET', '/readyz')).status).toBe(503);
  expect((await careerHooks.call('GET', '/healthz')).status).toBe(200);
  await careerHooks.says(/was replaced by another file.*careerhooks restore/);
  expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });

  const again = runCareerHooks(['start'], settings);
  expect(await again.exited).toMatchObject({ code: 1 });
  const [, saved] = /saved here: (\S+)\)/.exec(again.output())!;
  const restoration = runCareerHooks(['restore', saved!], settings);
  expect(await restoration.exited).toMatchObject({ code: 0 });
  receiver.answer = () => ({});
  receiver.requests.length = 0;
  careerHooks = await startCareerHooksProcess(settings);
  await waitForAll(receiver, published.accepted, 100_000);
  expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });
  expect((await readdir(dataDir)).filter((name) => name.includes('draft'))).toEqual([]);
}, 150_000);

/** Publishes until `stop` is called, which gives what came of it; `reached` waits for so many 202s. */
function publishOn(prefix: string) {
  const enough = new AbortController();
  let accepted = 0;
  const publishing = publish(careerHooks.call, {
    prefix,
    count: 100_000,
    clients: 4,
    pauseMs: 10,
    until: enough.signal,
    onAccepted: (count) => (accepted = count),
  });
  return {
    accepted: () => accepted,
    reached: (count: number) =>
      waitUntil(
        () => Promise.resolve(accepted),
        () => accepted >= count,
        30_000,
      ),
    stop() {
      enough.abort();
      return publishing;
    },
  };
}
