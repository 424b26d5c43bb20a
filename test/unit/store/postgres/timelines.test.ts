import { createTimelines } from '../../../../store/src/postgres/timelines';

describe('timelines', () => {
  it('the first is taken as it is, and the same again', () => {
    const timelines = createTimelines();
    expect([timelines.see(3), timelines.see(3)]).toEqual([true, true]);
  });

  it('a newer one is told of, once, and no older one is taken after it', () => {
    const timelines = createTimelines();
    const told: number[][] = [];
    timelines.onNewer((...pair) => told.push(pair));
    const taken = [3, 3, 4, 4, 3, 4, 6].map((timeline) => timelines.see(timeline));
    expect(taken).toEqual([true, true, true, true, false, true, true]);
    expect(told).toEqual([
      [4, 3],
      [6, 4],
    ]);
  });
});
