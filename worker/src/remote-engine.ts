import { Client } from '@temporalio/client';
import type { EgressClient } from '@careerhooks/egress';
import {
  createAttemptLog,
  createEventIntake,
  type EventIntake,
  notifyDispatchers,
  type Store,
  type WakeUp,
} from '@careerhooks/store';
import type { ChallengeOutcome, PostOutcome } from '@careerhooks/workflows';
import type { Logger } from 'pino';
import { createAttempts } from './attempts/attempts';
import type { WorkerContext } from './context';
import type { TemporalConnection } from './temporal-connection';
import type { Engine } from './engine';
import { createPresence } from './presence';
import { createSignals } from './signals';
import { challengeEndpoint } from './verification/challenge-endpoint';

/**
 * What a process that accepts, and leaves deliveries to others, has of the engine.
 * It leaves them in the database and tells the others. What its callers wait for,
 * tests and first challenges, it makes itself.
 */
export interface RemoteEngine extends Pick<
  Engine,
  'wake' | 'wakeCv' | 'test' | 'challenge' | 'retryNow' | 'cancel' | 'reachesTemporal'
> {
  /** The way in for events, which are told of when they are durable. */
  intake: EventIntake;
  /** Signals go to this Temporal from now on. */
  connect(temporal: Pick<TemporalConnection, 'connection' | 'namespace'>): void;
  stop(): void;
}

export function createRemoteEngine(settings: {
  store: Store;
  egress: EgressClient;
  log: Logger;
}): RemoteEngine {
  const { store, egress, log } = settings;
  const tell = createTeller(store, log);
  const wake = (): void => tell('deliveries');
  const context: WorkerContext = {
    store,
    egress,
    attemptLog: createAttemptLog(store),
    onAttempt: () => undefined,
    wake,
    log,
  };
  const attempts = createAttempts(context);
  const presence = createPresence(log);
  const signals = createSignals(presence, log);
  const intake = createEventIntake(store);

  return {
    intake: {
      async add(publications) {
        const outcomes = await intake.add(publications);
        if (outcomes.some(hasDeliveries)) wake();
        return outcomes;
      },
    },
    wake,
    wakeCv: () => tell('cv'),
    test: (deliveryId): Promise<PostOutcome> => attempts.post({ deliveryId, attempt: 1 }),
    challenge: (endpointId): Promise<ChallengeOutcome> => challengeEndpoint(context, endpointId, 0),
    retryNow: (deliveryId) => signals.retryNow(deliveryId),
    cancel: (deliveryId) => signals.cancel(deliveryId),
    connect({ connection, namespace }) {
      const client = new Client({ connection, namespace });
      presence.connect({ client, returned: () => signals.catchUp() });
      // What was cancelled before.
      signals.catchUp();
    },
    reachesTemporal: () => presence.check(),
    stop: () => presence.stop(),
  };
}

function hasDeliveries(outcome: Awaited<ReturnType<EventIntake['add']>>[number]): boolean {
  return Array.isArray(outcome) && outcome.some(({ deliveries }) => deliveries > 0);
}

/** Of what comes while one wake-up is on its way, the next one tells once. */
function createTeller(store: Store, log: Logger): (wakeUp: WakeUp) => void {
  const wanted = new Set<WakeUp>();
  let telling = false;

  async function tellAll(): Promise<void> {
    for (const wakeUp of wanted) {
      wanted.delete(wakeUp);
      try {
        await notifyDispatchers(store, wakeUp);
      } catch (error) {
        log.debug({ err: error }, 'the workers were not told; they look every second anyway');
      }
    }
    telling = false;
  }

  return (wakeUp) => {
    wanted.add(wakeUp);
    if (telling) return;
    telling = true;
    void tellAll();
  };
}
