import { acceptEvents } from '../measures/accept-events';
import { registerEndpoint } from '../run/endpoint';
import { now } from '../run/clock';
import { type Measured, peakOf, type Scenario } from './scenario';

const CLIENTS = 4;
const BATCH = 500;
/** How many of them are drained to see how fast that goes. */
const DRAINED = 2_000;

export const held: Scenario = {
  name: 'held',
  about: 'memory with 100,000 deliveries that wait for a paused endpoint, and how fast they drain',
  async measure(bench) {
    const { receiver, many } = bench;
    const count = many.held.toLocaleString('en');
    const measured: Measured[] = [];
    await bench.run(async (careerhooks) => {
      const endpoint = await registerEndpoint(careerhooks, 'held', receiver.url);
      await careerhooks.api.call('POST', `/v1/endpoints/${endpoint}/pause`);
      bench.progress(`holding ${count} deliveries`);
      const accepted = await acceptEvents(careerhooks, {
        clients: CLIENTS,
        events: many.held,
        batch: BATCH,
        user: 'held',
      });
      measured.push({
        name: `${count} deliveries held, ${BATCH} events in each POST`,
        ...accepted,
        peakMiB: peakOf(careerhooks.usage()),
      });
      bench.progress('draining some of them');
      const drained = Math.min(DRAINED, many.held);
      const { done } = await receiver.collect(drained);
      const resumedAt = now();
      await careerhooks.api.call('POST', `/v1/endpoints/${endpoint}/resume`);
      await done;
      measured.push({
        name: `deliveries drained of ${count} held`,
        perSecond: (drained / (now() - resumedAt)) * 1000,
        peakMiB: peakOf(careerhooks.usage()),
      });
    });
    return measured;
  },
};
