import { acceptEvents } from '../measures/accept-events';
import { registerEndpoint } from '../run/endpoint';
import type { Measured, Scenario } from './scenario';

const CLIENTS = [1, 16, 64];

export const accepting: Scenario = {
  name: 'accepting',
  about: 'events accepted for a paused endpoint: nothing is sent meanwhile',
  async measure(bench) {
    const measured: Measured[] = [];
    await bench.run(async (careerhooks) => {
      const endpoint = await registerEndpoint(careerhooks, 'paused', bench.receiver.url);
      await careerhooks.api.call('POST', `/v1/endpoints/${endpoint}/pause`);
      for (const clients of CLIENTS) {
        bench.progress(`${clients} clients`);
        const limit = await bench.limit(clients);
        const events = Math.ceil(bench.events / (clients === 1 ? 6 : 2));
        const accepted = await acceptEvents(careerhooks, { clients, events, user: 'paused' });
        measured.push({
          name: `events accepted, ${clients} ${clients === 1 ? 'client' : 'clients'}`,
          limitPerSecond: limit.perSecond,
          ...accepted,
        });
      }
    });
    return measured;
  },
};
