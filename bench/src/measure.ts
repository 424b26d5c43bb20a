import { acceptEvents } from './measures/accept-events';
import { measureDirectLimit } from './measures/direct-limit';
import type { Options } from './options';
import { type RunningCareerHooks, startCareerHooks } from './run/careerhooks';
import { registerEndpoint } from './run/endpoint';
import { type Machine, readMachine } from './run/machine';
import { type Receiver, startReceiver } from './run/receiver';
import type { Bench, Measured, Scenario } from './scenarios/scenario';

/** All figures of one run; this is the shape of the JSON. */
export interface Figures {
  measuredAt: string;
  /** How long the whole run took, in seconds. */
  tookSeconds: number;
  machine: Machine;
  settings: { database: string; temporal: string; events: number; seconds: number };
  figures: Figure[];
}

export interface Figure extends Measured {
  scenario: string;
}

const WARM_UP_EVENTS = 6_000;
const WARM_UP_CLIENTS = 16;

/** Runs the scenarios one after the other, each on CareerHooks of its own, all on one receiver. */
export async function measure(
  options: Options,
  scenarios: readonly Scenario[],
  progress: (step: string) => void,
): Promise<Figures> {
  const startedAt = Date.now();
  const machine = readMachine();
  const receiver = await startReceiver();
  const figures: Figure[] = [];
  try {
    await measureDirectLimit(receiver, { clients: WARM_UP_CLIENTS, events: options.events });
    for (const scenario of scenarios) {
      const bench = createBench(options, receiver, (step) => progress(`${scenario.name}: ${step}`));
      bench.progress('starting');
      for (const measured of await scenario.measure(bench)) {
        figures.push({ scenario: scenario.name, ...measured });
      }
    }
  } finally {
    receiver.stop();
  }
  const { events, seconds } = options;
  return {
    measuredAt: new Date(startedAt).toISOString(),
    tookSeconds: Math.round((Date.now() - startedAt) / 1000),
    machine,
    settings: { database: 'SQLite, synchronous=FULL', temporal: 'embedded', events, seconds },
    figures,
  };
}

function createBench(
  { events, seconds, many }: Options,
  receiver: Receiver,
  progress: (step: string) => void,
): Bench {
  return {
    events,
    seconds,
    many,
    receiver,
    progress,
    limit: (clients) => measureDirectLimit(receiver, { clients, events }),
    async run(work, settings) {
      const careerhooks = await startCareerHooks(settings);
      try {
        await warmUp(careerhooks, receiver, Math.min(events, WARM_UP_EVENTS));
        await work(careerhooks);
      } finally {
        await careerhooks.stop();
      }
    },
  };
}

/** Until what runs often is compiled: the first hundreds of deliveries take longer than any after. */
async function warmUp(
  careerhooks: RunningCareerHooks,
  receiver: Receiver,
  events: number,
): Promise<void> {
  const user = 'warm-up';
  await registerEndpoint(careerhooks, user, `${receiver.url}/${user}`);
  const { done } = await receiver.collect(events);
  await acceptEvents(careerhooks, { clients: WARM_UP_CLIENTS, events, user });
  await done;
}
