import { carry, type CarrySettings } from '../measures/carry';
import type { RunningCareerHooks } from '../run/careerhooks';
import { registerEndpoint, registerUsers } from '../run/endpoint';
import { type Bench, peakOf, type Scenario } from './scenario';

const CLIENTS = 16;
const ENDPOINTS = 200;
const FAN_OUT = 10;
const BATCH = 100;

export const endpoints = shape({
  name: 'endpoints',
  about: `deliveries to ${ENDPOINTS} endpoints, one for each of as many users`,
  figure: `deliveries, ${ENDPOINTS} endpoints`,
  async settings(careerhooks, bench) {
    return { users: await registerUsers(careerhooks, bench.receiver.url, ENDPOINTS) };
  },
});

export const fanOut = shape({
  name: 'fan-out',
  about: `deliveries of events that go to ${FAN_OUT} endpoints each`,
  figure: `deliveries, 1 event to ${FAN_OUT} endpoints`,
  async settings(careerhooks, bench) {
    for (let index = 0; index < FAN_OUT; index += 1) {
      await registerEndpoint(careerhooks, 'many', `${bench.receiver.url}/${index}`);
    }
    return { users: ['many'], copies: FAN_OUT, events: Math.ceil(bench.events / FAN_OUT) };
  },
});

export const batches = shape({
  name: 'batches',
  about: `deliveries of events that are published ${BATCH} at a time`,
  figure: `deliveries, ${BATCH} events in each POST`,
  async settings(careerhooks, bench) {
    return { users: await registerUsers(careerhooks, bench.receiver.url, 1), batch: BATCH };
  },
});

function shape(of: {
  name: string;
  about: string;
  figure: string;
  /** Registers endpoints; says how events come. */
  settings(
    careerhooks: RunningCareerHooks,
    bench: Bench,
  ): Promise<Partial<CarrySettings> & { users: string[] }>;
}): Scenario {
  return {
    name: of.name,
    about: `${of.about} (${CLIENTS} clients)`,
    async measure(bench) {
      const measured: Awaited<ReturnType<Scenario['measure']>> = [];
      await bench.run(async (careerhooks) => {
        const settings = await of.settings(careerhooks, bench);
        const limit = await bench.limit(CLIENTS);
        const carried = await carry(careerhooks, bench.receiver, {
          clients: CLIENTS,
          events: bench.events,
          ...settings,
        });
        measured.push({
          name: of.figure,
          limitPerSecond: limit.perSecond,
          ...carried,
          peakMiB: peakOf(careerhooks.usage()),
        });
      });
      return measured;
    },
  };
}
