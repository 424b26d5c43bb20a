import { DatabaseUnavailable } from '@careerhooks/store';
import { inTime } from '../../../../store/src/postgres/time-limit';

const never = new Promise<string>(() => undefined);

describe('a time limit', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('lets an answer in time through, and rings no more', async () => {
    const over = jest.fn();
    expect(await inTime(3_000, Promise.resolve('answer'), over)).toBe('answer');
    await jest.advanceTimersByTimeAsync(10_000);
    expect(over).not.toHaveBeenCalled();
  });

  it('lets an error in time through', async () => {
    const over = jest.fn();
    await expect(inTime(3_000, Promise.reject(new Error('no')), over)).rejects.toThrow('no');
    expect(over).not.toHaveBeenCalled();
  });

  it('ends a wait that is too long', async () => {
    const over = jest.fn();
    const waiting = inTime(3_000, never, over).catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(2_999);
    expect(over).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(await waiting).toBeInstanceOf(DatabaseUnavailable);
    expect(await waiting).toMatchObject({ outage: 'hangs' });
    expect(over).toHaveBeenCalledTimes(1);
  });

  it('does not take it for silence that this process stood still', async () => {
    const over = jest.fn();
    let answer: (text: string) => void = () => undefined;
    const waiting = inTime(3_000, new Promise<string>((resolve) => (answer = resolve)), over);
    const now = performance.now();
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now + 9_000);
    await jest.advanceTimersByTimeAsync(3_000);
    answer('it had come meanwhile');
    await expect(waiting).resolves.toBe('it had come meanwhile');
    expect(over).not.toHaveBeenCalled();
    clock.mockRestore();
  });
});
