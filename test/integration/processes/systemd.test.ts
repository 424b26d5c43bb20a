import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import {
  instanceSettings,
  ROOT,
  startCareerHooksProcess,
  startProcess,
  type TestProcess,
} from '../../support/process';
import { waitUntil } from '../../support/wait-until';

/** Whether systemd's own program is there; it is what CareerHooks speaks by. */
const SPEAKS = (process.env.PATH ?? '')
  .split(delimiter)
  .some((folder) => existsSync(join(folder, 'systemd-notify')));

let folder: string;
let settings: Record<string, string>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careerhooks-systemd-'));
  settings = {
    ...(await instanceSettings(join(folder, 'data'))),
    NOTIFY_SOCKET: join(folder, 'notify'),
  };
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function startSystemd(): Promise<{ manager: TestProcess; heard: () => string[] }> {
  const program = join(ROOT, 'test/support/systemd.py');
  const manager = startProcess('python3', [program, settings.NOTIFY_SOCKET!], {});
  await manager.says('listening');
  const heard = (): string[] =>
    manager
      .output()
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line) => (JSON.parse(line) as string).split('\n'));
  return { manager, heard };
}

(SPEAKS ? describe : describe.skip)('under systemd (needs systemd-notify)', () => {
  it('says when it serves, now and then that it lives, and when it stops', async () => {
    const { manager, heard } = await startSystemd();
    const careerHooks = await startCareerHooksProcess({ ...settings, WATCHDOG_USEC: '600000' });
    await waitUntil(
      () => Promise.resolve(heard().filter((line) => line === 'WATCHDOG=1')),
      (beats) => beats.length >= 3,
    );
    expect(heard().slice(0, 3)).toEqual([
      'listening',
      'READY=1',
      `STATUS=The API is at ${careerHooks.url}`,
    ]);
    expect(heard()).not.toContain('STOPPING=1');
    await careerHooks.connected();
    const { pid } = JSON.parse(
      await readFile(join(settings.CAREERHOOKS_DATA_DIR!, 'temporal.pid'), 'utf8'),
    ) as { pid: number };
    expect(await readFile(`/proc/${pid}/environ`, 'utf8')).not.toMatch(/NOTIFY_SOCKET|WATCHDOG_/);

    expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });
    expect(heard()).toContain('STOPPING=1');
    expect(heard().filter((line) => line === 'READY=1')).toHaveLength(1);
    expect(careerHooks.output()).not.toContain('systemd was not told');
    await manager.end('SIGTERM');
  });

  it('leaves the watchdog of another process alone', async () => {
    const { manager, heard } = await startSystemd();
    const careerHooks = await startCareerHooksProcess({
      ...settings,
      WATCHDOG_USEC: '300000',
      WATCHDOG_PID: '1',
    });
    await careerHooks.connected();
    await careerHooks.end('SIGTERM');
    expect(heard()).toEqual(expect.arrayContaining(['READY=1', 'STOPPING=1']));
    expect(heard()).not.toContain('WATCHDOG=1');
    await manager.end('SIGTERM');
  });
});

it('serves all the same where systemd cannot be told, and warns once', async () => {
  const careerHooks = await startCareerHooksProcess({ ...settings, WATCHDOG_USEC: '600000' });
  await careerHooks.connected();
  await careerHooks.says('systemd was not told');
  expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });
  expect(careerHooks.output().match(/systemd was not told/g)).toHaveLength(1);
});
