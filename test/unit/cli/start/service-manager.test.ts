import { execFile } from 'node:child_process';
import { pino } from 'pino';
import { createServiceManager } from '../../../../cli/src/start/service-manager';

/** `systemd-notify`, which is not run. */
jest.mock('node:child_process', () => ({ execFile: jest.fn() }));

type Ended = (error: Error | null) => void;

const log = pino({ level: 'silent' });
const said: { state: unknown; env: unknown }[] = [];

/** What becomes of each message. */
function answer(error: Error | null): void {
  said.length = 0;
  jest.mocked(execFile).mockImplementation(((
    program: string,
    state: string[],
    { env }: { env: unknown },
    ended: Ended,
  ) => {
    expect(program).toBe('systemd-notify');
    said.push({ state, env });
    ended(error);
  }) as unknown as typeof execFile);
}

it('says nothing where nobody listens', async () => {
  answer(null);
  const env = { PATH: '/nowhere', WATCHDOG_USEC: '1000' };
  const manager = createServiceManager(env, log);
  manager.ready('Ready');
  manager.stopping('Stopping');
  await manager.end();
  expect(env).toEqual({ PATH: '/nowhere' });
  expect(said).toEqual([]);
});

it('keeps from other processes what is for this one, and tells it in order', async () => {
  answer(null);
  const env = { PATH: '/bin', NOTIFY_SOCKET: '/run/notify', WATCHDOG_PID: '1' };
  const manager = createServiceManager(env, log);
  expect(env).toEqual({ PATH: '/bin' });
  manager.ready('Ready');
  manager.stopping('Stopping');
  await manager.end();
  const told = { PATH: '/bin', NOTIFY_SOCKET: '/run/notify' };
  expect(said).toEqual([
    { state: ['READY=1', 'STATUS=Ready'], env: told },
    { state: ['STOPPING=1', 'STATUS=Stopping'], env: told },
  ]);
});

it('survives that nothing can be said, and warns of it once', async () => {
  answer(new Error('spawn systemd-notify ENOENT'));
  const warn = jest.spyOn(log, 'warn').mockImplementation(() => undefined);
  const manager = createServiceManager({ NOTIFY_SOCKET: '/nowhere/notify' }, log);
  manager.ready('Ready');
  manager.stopping('Stopping');
  await manager.end();
  expect(said).toHaveLength(2);
  expect(warn).toHaveBeenCalledTimes(1);
});
