import { type Concurrency, newConcurrency } from './concurrency';
import { type Health, newHealth } from './health';
import { newTokenBucket, type TokenBucket } from './token-bucket';

/** What is known of one endpoint. */
export interface EndpointState {
  id: string;
  /** How many slots are kept or used. */
  slots: number;
  concurrency: Concurrency;
  health: Health;
  /** Deliveries that the rate limit still allows. */
  rate: TokenBucket;
}

/** Endpoints that nobody needs are forgotten beyond this many. */
const MOST_ENDPOINTS = 10_000;

/** The endpoints that are known to this process. */
export interface EndpointStates {
  /** That of this endpoint, which is new where nothing is known of it. */
  get(endpointId: string): EndpointState;
  all(): Iterable<EndpointState>;
}

export function createEndpointStates(): EndpointStates {
  const states = new Map<string, EndpointState>();

  function forgetOne(): void {
    for (const [id, { slots, health }] of states) {
      if (slots > 0 || health.failing) continue;
      states.delete(id);
      return;
    }
  }

  return {
    get(endpointId) {
      const known = states.get(endpointId);
      if (known !== undefined) return known;
      if (states.size >= MOST_ENDPOINTS) forgetOne();
      const state: EndpointState = {
        id: endpointId,
        slots: 0,
        concurrency: newConcurrency(),
        health: newHealth(),
        rate: newTokenBucket(),
      };
      states.set(endpointId, state);
      return state;
    },
    all: () => states.values(),
  };
}
