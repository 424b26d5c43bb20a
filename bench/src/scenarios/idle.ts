import { trickle } from '../measures/trickle';
import { registerUsers } from '../run/endpoint';
import type { Measured, Scenario } from './scenario';

const RATES = [10, 20];

export const idle: Scenario = {
  name: 'idle',
  about: 'how long events are under way at 10 and 20 a second',
  async measure(bench) {
    const measured: Measured[] = [];
    await bench.run(async (careerhooks) => {
      const users = await registerUsers(careerhooks, bench.receiver.url, 1);
      await careerhooks.settled();
      for (const perSecond of RATES) {
        bench.progress(`${perSecond} events a second`);
        const streams = [{ perSecond, users }];
        const seconds = bench.seconds * 2;
        measured.push({
          name: `at ${perSecond} events a second`,
          ...(await trickle(careerhooks, bench.receiver, { streams, seconds })),
        });
        await careerhooks.settled();
      }
    });
    return measured;
  },
};
