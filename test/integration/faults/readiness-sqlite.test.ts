import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CareerHooksProcess,
  instanceSettings,
  ROOT,
  startCareerHooksProcess,
  startProcess,
  type TestProcess,
} from '../../support/process';
import { itWithDisk, mountSmallDisk, type SmallDisk } from '../../support/small-disk';
import { freePorts } from '../../support/temporal';
import { expectTrue, measureReadiness } from './measure-readiness';
import { event, register } from '../../support/publishing';

/** `careerhooks start` on SQLite; Temporal is away, which is all the same here. */
async function start(dataDir: string): Promise<CareerHooksProcess> {
  const [nowhere] = await freePorts(1);
  const careerHooks = await startCareerHooksProcess({
    ...(await instanceSettings(dataDir)),
    TEMPORAL_ADDRESS: `127.0.0.1:${nowhere}`,
  });
  await register(careerHooks.call, 'http://127.0.0.1:9/');
  return careerHooks;
}

const TRAFFIC = [{ clients: 4 }, { clients: 0 }];

describe('/readyz on SQLite', () => {
  let dataDir: string;
  let careerHooks: CareerHooksProcess;
  let locker: TestProcess;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-readiness-'));
    careerHooks = await start(dataDir);
  });

  afterAll(async () => {
    await careerHooks.end('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  });

  it.each(TRAFFIC)(
    'while another process locks the file, $clients clients',
    async ({ clients }) => {
      const program = join(ROOT, 'test/support/lock-sqlite.cjs');
      const fault = {
        name: 'SQLite is locked',
        async begin() {
          const file = join(dataDir, 'careerhooks.db');
          locker = startProcess(process.execPath, [program, file, '60000'], {});
          await locker.says('locked');
        },
        end: () => locker.end('SIGKILL'),
      };
      expectTrue(await measureReadiness(careerHooks, fault, clients));
    },
  );
});

describe('/readyz on a disk that is full', () => {
  let disk: SmallDisk;
  let careerHooks: CareerHooksProcess;

  beforeAll(async () => {
    disk = await mountSmallDisk(32);
    careerHooks = await start(disk.folder);
  });

  afterAll(async () => {
    await careerHooks.end('SIGKILL');
    await disk.remove();
  });

  /** Small events go on fitting into what is left when larger ones do not. */
  async function publishLarge(): Promise<number> {
    const large = event(`large_${Date.now()}_${Math.random()}`);
    const data = { ...(large.data as object), fileName: 'x'.repeat(500_000) };
    const { status } = await careerHooks.call('POST', '/v1/events', { ...large, data });
    return status;
  }

  itWithDisk.each(TRAFFIC)('once a large event was refused, $clients clients', async (traffic) => {
    const fault = {
      name: 'SQLite is on a full disk',
      async begin() {
        disk.fill(200_000);
        while ((await publishLarge()) === 202);
      },
      end: () => disk.free(),
    };
    const { published, ...measured } = await measureReadiness(careerHooks, fault, traffic.clients);
    expectTrue({ published, ...measured });
    expect(measured.outages).toEqual(['full']);
    const { body: metrics } = await careerHooks.call('GET', '/metrics');
    expect(metrics).toMatch(
      /careerhooks_requests_refused_total\{operation="publishEvents",outage="full"\} \d/,
    );
    expect(metrics).toContain('careerhooks_ready 1');
  });
});
