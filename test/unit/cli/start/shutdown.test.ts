import { createShutdown } from '../../../../cli/src/start/shutdown';

it('ends the last first, once, and says before that the end is near', async () => {
  const shutdown = createShutdown();
  const ended: string[] = [];
  for (const name of ['first', 'second']) {
    shutdown.add(() => {
      expect(shutdown.near.aborted).toBe(true);
      ended.push(name);
    });
  }
  expect(shutdown.near.aborted).toBe(false);
  await shutdown.end();
  await shutdown.end();
  expect(ended).toEqual(['second', 'first']);
});

it('goes on after it was announced', () => {
  const shutdown = createShutdown();
  const end = jest.fn();
  shutdown.add(end);
  shutdown.announce();
  expect(shutdown.near.aborted).toBe(true);
  expect(end).not.toHaveBeenCalled();
});
