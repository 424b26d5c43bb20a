import { carry } from '../measures/carry';
import { registerUsers } from '../run/endpoint';
import { fillHistory } from '../run/fill-history';
import { type Measured, peakOf, type Scenario } from './scenario';

const CLIENTS = 16;

export const history: Scenario = {
  name: 'history',
  about: 'the same deliveries beside 10,000 and 1,000,000 that are in the database already',
  async measure(bench) {
    const measured: Measured[] = [];
    for (const count of [bench.many.pastFew, bench.many.pastMany]) {
      bench.progress(`filling the database with ${count.toLocaleString('en')} deliveries`);
      await bench.run(
        async (careerhooks) => {
          const users = await registerUsers(careerhooks, bench.receiver.url, 1);
          bench.progress('deliveries beside them');
          const limit = await bench.limit(CLIENTS);
          const { events } = bench;
          const carried = await carry(careerhooks, bench.receiver, {
            clients: CLIENTS,
            events,
            users,
          });
          measured.push({
            name: `deliveries, ${count.toLocaleString('en')} in the database`,
            limitPerSecond: limit.perSecond,
            ...carried,
            peakMiB: peakOf(careerhooks.usage()),
          });
        },
        { fill: (dataDir, masterKey) => fillHistory(dataDir, { masterKey, count }) },
      );
    }
    return measured;
  },
};
