import { carry } from '../measures/carry';
import { registerUsers } from '../run/endpoint';
import { type Measured, peakOf, type Scenario } from './scenario';

const CLIENTS = [1, 16, 64, 128];
/** One client waits for each of its events. */
const FEWER_BY_ONE = 6;

export const clients: Scenario = {
  name: 'clients',
  about: 'deliveries end to end, published by 1, 16, 64 and 128 clients',
  async measure(bench) {
    const measured: Measured[] = [];
    await bench.run(async (careerhooks) => {
      const users = await registerUsers(careerhooks, bench.receiver.url, 1);
      for (const count of CLIENTS) {
        bench.progress(`${count} clients`);
        const limit = await bench.limit(count);
        measured.push({
          name: `sign and POST without an engine, ${count} at once`,
          perSecond: limit.perSecond,
        });
        const events = count === 1 ? Math.ceil(bench.events / FEWER_BY_ONE) : bench.events;
        const carried = await carry(careerhooks, bench.receiver, { clients: count, events, users });
        measured.push({
          name: `deliveries, ${count} ${count === 1 ? 'client' : 'clients'}`,
          limitPerSecond: limit.perSecond,
          ...carried,
          peakMiB: peakOf(careerhooks.usage()),
        });
      }
    });
    return measured;
  },
};
