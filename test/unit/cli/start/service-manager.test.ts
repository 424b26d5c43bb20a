import { pino } from 'pino';
import { createServiceManager } from '../../../../cli/src/start/service-manager';

const log = pino({ level: 'silent' });

it('says nothing where nobody listens', async () => {
  const env = { PATH: '/nowhere', WATCHDOG_USEC: '1000' };
  const manager = createServiceManager(env, log);
  manager.ready('Ready');
  manager.stopping('Stopping');
  await manager.end();
  expect(env).toEqual({ PATH: '/nowhere' });
});

it('keeps from other processes what is for this one, and survives that nothing can be said', async () => {
  const warn = jest.spyOn(log, 'warn').mockImplementation(() => undefined);
  const env = { PATH: '/nowhere', NOTIFY_SOCKET: '/nowhere/notify', WATCHDOG_PID: '1' };
  const manager = createServiceManager(env, log);
  expect(env).toEqual({ PATH: '/nowhere' });
  manager.ready('Ready');
  manager.stopping('Stopping');
  await manager.end();
  expect(warn).toHaveBeenCalledTimes(1);
});
