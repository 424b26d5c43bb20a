import { type Accept, measureAccept } from './accept';
import { startCareerHooks } from './careerhooks';
import { type DirectLimit, measureDirectLimit } from './direct-limit';
import { type EndToEnd, measureEndToEnd } from './end-to-end';
import { registerEndpoint } from './endpoint';
import { type IdleLatency, measureIdleLatency } from './idle-latency';
import { type Machine, readMachine } from './machine';
import type { Options } from './options';
import { startReceiver } from './receiver';

/** All figures of one run; this is the shape of the JSON. */
export interface Figures {
  measuredAt: string;
  machine: Machine;
  settings: { database: string; temporal: string; events: number; seconds: number };
  limits: DirectLimit[];
  idleLatencies: IdleLatency[];
  endToEnd: EndToEnd;
  accepts: Accept[];
  peakMiB: { careerhooks: number; temporal: number };
}

const USER = 'bench';
const CLIENTS = [1, 16, 64];
const END_TO_END_CLIENTS = 16;
const WARM_UP_EVENTS = 100;

/** Runs every measurement, one after the other, on one CareerHooks and one receiver. */
export async function measure(
  options: Options,
  progress: (step: string) => void,
): Promise<Figures> {
  const { events, seconds } = options;
  const receiver = await startReceiver();
  const careerhooks = await startCareerHooks();
  try {
    const machine = readMachine(careerhooks.dataDir);
    await registerEndpoint(careerhooks, USER, receiver.url);

    progress('warming up');
    await measureDirectLimit(receiver, { clients: END_TO_END_CLIENTS, seconds: 1 });
    const endToEnd = (count: number): Promise<EndToEnd> =>
      measureEndToEnd(careerhooks, receiver, {
        clients: END_TO_END_CLIENTS,
        events: count,
        user: USER,
      });
    await endToEnd(WARM_UP_EVENTS);

    const limits: DirectLimit[] = [];
    for (const clients of CLIENTS) {
      progress(`the limit: sign and POST without an engine, ${clients} at once`);
      limits.push(await measureDirectLimit(receiver, { clients, seconds }));
    }
    const idleLatencies: IdleLatency[] = [];
    for (const perSecond of [10, 20]) {
      progress(`latency at ${perSecond} events a second`);
      idleLatencies.push(
        await measureIdleLatency(careerhooks, receiver, { perSecond, seconds, user: USER }),
      );
    }
    progress(`${events} events end to end`);
    const carried = await endToEnd(events);
    const accepts: Accept[] = [];
    for (const clients of CLIENTS) {
      progress(`accepting events of ${clients} clients`);
      accepts.push(await measureAccept(careerhooks, { clients, seconds, url: receiver.url }));
    }
    const usage = careerhooks.usage();
    return {
      measuredAt: new Date().toISOString(),
      machine,
      settings: { database: 'SQLite, synchronous=FULL', temporal: 'embedded', events, seconds },
      limits,
      idleLatencies,
      endToEnd: carried,
      accepts,
      peakMiB: { careerhooks: usage.careerhooks.peakMiB, temporal: usage.temporal.peakMiB },
    };
  } finally {
    receiver.stop();
    await careerhooks.stop();
  }
}
