import { createEnding } from '../../../../cli/src/start/ending';

it('ends the last first, once, and says before that the end is near', async () => {
  const ending = createEnding();
  const ended: string[] = [];
  for (const name of ['first', 'second']) {
    ending.add(() => {
      expect(ending.near.aborted).toBe(true);
      ended.push(name);
    });
  }
  expect(ending.near.aborted).toBe(false);
  await ending.end();
  await ending.end();
  expect(ended).toEqual(['second', 'first']);
});

it('goes on after it was announced', () => {
  const ending = createEnding();
  const end = jest.fn();
  ending.add(end);
  ending.announce();
  expect(ending.near.aborted).toBe(true);
  expect(end).not.toHaveBeenCalled();
});
