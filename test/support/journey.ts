import { findSystem } from '@careerhooks/systems';
import type { TestCareerHooks } from './careerhooks';
import type { Answer, CallOptions } from './call-api';
import { startTestReceiver, type TestReceiver } from './receiver';
import { waitUntil } from './wait-until';

/** A delivery as `GET /v1/deliveries/{id}` shows it. */
export interface ShownDelivery {
  id: string;
  event_id: string;
  endpoint_id: string;
  status: string;
  attempt_count: number;
  next_attempt_at: string | null;
  expires_at: string;
  last_status_code: number | null;
  last_error_code: string | null;
  workflow_id: string | null;
  attempts: {
    number: number;
    started_at: string;
    duration_ms: number;
    succeeded: boolean;
    status_code: number | null;
    error_code: string | null;
    error_message: string | null;
    answer_excerpt: string | null;
  }[];
}

/** What tests read of an endpoint. */
interface ShownEndpoint {
  id: string;
  url: string;
  status: string;
  status_reason: string | null;
  secret: string;
  signing_key: string;
  public_key?: string;
  verification: {
    tries: number;
    last_error: string | null;
    last_error_code: string | null;
    last_status_code: number | null;
    last_answer_excerpt: string | null;
    verified_at: string | null;
  } | null;
}

/** What tests read of an accepted event. */
export interface ShownEvent {
  id: string;
  type: string;
  deliveries: number;
  duplicate: boolean;
}

/** One user of one system with a receiver of their own, so that tests on one instance do not meet. */
export interface Journey {
  system: string;
  user: string;
  token: string;
  receiver: TestReceiver;
  /** Calls the API with the user's key. */
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  /** Registers the receiver for all events, unless `settings` says otherwise. */
  register(settings?: Record<string, unknown>): Promise<ShownEndpoint>;
  endpoint(id: string): Promise<ShownEndpoint>;
  /** Publishes the system's first event with its example, unless `event` says otherwise. */
  publish(event?: Record<string, unknown>): Promise<ShownEvent>;
  /** Publishes so many of them in one batch: faster than each could have a workflow. */
  publishMany(count: number): Promise<ShownEvent[]>;
  delivery(id: string): Promise<ShownDelivery>;
  /** The event's one delivery. */
  deliveryOf(event: { id: string }): Promise<ShownDelivery>;
  /** Waits until the event's one delivery has this status. */
  until(event: { id: string }, status: string, timeoutMs?: number): Promise<ShownDelivery>;
}

let users = 0;

export async function startJourney(
  careerHooks: TestCareerHooks,
  system = 'roleready',
): Promise<Journey> {
  const user = `user_${++users}`;
  // Of a system without users, a key is for all of it.
  const owner = findSystem(system)!.soleUser === undefined ? { user } : {};
  const token = await careerHooks.key({ system, ...owner });
  const receiver = await startTestReceiver();
  opened.push(receiver);
  const [type = ''] = Object.keys(findSystem(system)!.events);

  const call: Journey['call'] = (method, path, body, options) =>
    careerHooks.call(method, path, body, { token, ...options });

  async function succeed<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await call(method, path, body);
    if (answer.status > 299) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body as Body;
  }

  const delivery = (id: string): Promise<ShownDelivery> => succeed('GET', `/v1/deliveries/${id}`);

  async function deliveryOf(event: { id: string }): Promise<ShownDelivery> {
    const { data } = await succeed<{ data: ShownDelivery[] }>(
      'GET',
      `/v1/deliveries?event=${encodeURIComponent(event.id)}`,
    );
    if (data.length !== 1) throw new Error(`${event.id} has ${data.length} deliveries.`);
    return delivery(data[0]!.id);
  }

  return {
    system,
    user,
    token,
    receiver,
    call,
    register: (settings) =>
      succeed('POST', '/v1/endpoints', { url: receiver.url, events: ['*'], ...settings }),
    endpoint: (id) => succeed('GET', `/v1/endpoints/${id}`),
    publish: (event) =>
      succeed('POST', '/v1/events', { type, ...example(system, event?.type ?? type), ...event }),
    async publishMany(count) {
      const events = Array.from({ length: count }, () => ({ type, ...example(system, type) }));
      const { events: accepted } = await succeed<{ events: ShownEvent[] }>('POST', '/v1/events', {
        events,
      });
      return accepted;
    },
    delivery,
    deliveryOf,
    until: (event, status, timeoutMs) =>
      waitUntil(
        () => deliveryOf(event),
        (shown) => shown.status === status,
        timeoutMs,
      ),
  };
}

/** `data`, and `previous_attributes` where the document has them, of a type's example. */
export function example(system: string, type: unknown): Record<string, unknown> {
  const found = findSystem(system)!.events[String(type)];
  return {
    data: found?.example,
    ...(found?.previousAttributesExample && {
      previous_attributes: found.previousAttributesExample,
    }),
  };
}

const opened: TestReceiver[] = [];

afterAll(() => Promise.all(opened.map((receiver) => receiver.stop())));
