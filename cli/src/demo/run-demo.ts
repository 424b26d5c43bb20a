import { setTimeout as sleep } from 'node:timers/promises';
import { type System, systems } from '@careerhooks/systems';
import type { ApiClient } from '../api-client';
import { type Receiver, startReceiver } from './receiver';

/** What came of one system's examples. */
export interface DemoResult {
  system: string;
  published: number;
  delivered: number;
  verified: number;
  /** Milliseconds from the first publication to the last delivery. */
  tookMs: number;
}

const WAIT_MS = 60_000;
const DEMO_USER = 'user_demo';

/**
 * Registers a receiver for each system, publishes every example event, waits for
 * all of them, verifies each signature the way the system's document shows, and
 * deletes the endpoint.
 */
export async function runDemo(
  api: ApiClient,
  print: (line: string) => void,
): Promise<DemoResult[]> {
  const results: DemoResult[] = [];
  for (const system of systems.values()) {
    const result = await demonstrate(api, system);
    results.push(result);
    print(
      `${system.name.padEnd(20)} ${String(result.published).padStart(3)} published  ${String(result.delivered).padStart(3)} delivered  ${String(result.verified).padStart(3)} verified  ${(result.tookMs / 1000).toFixed(1)} s`,
    );
  }
  return results;
}

async function demonstrate(api: ApiClient, system: System): Promise<DemoResult> {
  const receiver = await startReceiver(system.challengesByDefault);
  try {
    return await demonstrateTo(receiver, api, system);
  } finally {
    receiver.stop();
  }
}

async function demonstrateTo(
  receiver: Receiver,
  api: ApiClient,
  system: System,
): Promise<DemoResult> {
  const endpoint = await api.call<{ id: string; secret: string; status: string }>(
    'POST',
    '/v1/endpoints',
    {
      system: system.key,
      ...(system.soleUser === undefined && { user: DEMO_USER }),
      url: receiver.url,
      events: ['*'],
      description: 'careerhooks demo',
      // Receivers written from the other documents do not echo a challenge.
      verify: system.challengesByDefault,
    },
  );
  try {
    const startedAt = Date.now();
    const events = Object.entries(system.events).map(([type, event]) => ({
      system: system.key,
      user: DEMO_USER,
      type,
      data: event.example,
      ...(event.previousAttributesExample && {
        previous_attributes: event.previousAttributesExample,
      }),
    }));
    await api.call('POST', '/v1/events', { events });
    while (receiver.received.size < events.length && Date.now() - startedAt < WAIT_MS)
      await sleep(20);

    const deliveries = [...receiver.received.values()];
    return {
      system: system.key,
      published: events.length,
      delivered: deliveries.length,
      verified: deliveries.filter((received) => system.verify(received, endpoint.secret)).length,
      tookMs: Date.now() - startedAt,
    };
  } finally {
    await api.call('DELETE', `/v1/endpoints/${endpoint.id}`);
  }
}
