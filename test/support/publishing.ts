import { type Delivery, listDeliveries, type Listed } from '@careerhooks/store';
import { openConfiguredStore } from '../../cli/src/open-store';
import { readSettings } from '../../cli/src/settings';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallApi } from './call-api';
import type { ReceivedRequest, TestReceiver } from './receiver';

export const SYSTEM = 'roleready';
const USER = 'user_faults';

/** Registers `url` for every event; no challenge. Returns the endpoint's id. */
export async function register(
  call: CallApi,
  url: string,
  settings: Record<string, unknown> = {},
): Promise<string> {
  const { status, body } = await call('POST', '/v1/endpoints', {
    system: SYSTEM,
    user: USER,
    url,
    events: ['*'],
    verify: false,
    ...settings,
  });
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body.id as string;
}

/** A valid event under the producer's own id `id`. */
export function event(id: string, user = USER): Record<string, unknown> {
  const data = {
    resumeId: id,
    fileName: 'cv.pdf',
    parsedAt: '2026-01-31T10:05:00Z',
    success: true,
  };
  return { id, system: SYSTEM, user, type: 'resume.parsed', data };
}

/** What came of a run of publications. */
export interface Publications {
  /** Ids of the events that were answered 202, in the order of the answers. */
  accepted: string[];
  /** Ids of those that got another answer or none, with what they got. */
  refused: Map<string, string>;
  /** When each of these was asked for, and answered. */
  moments: Map<string, { askedAt: number; answeredAt: number }>;
  /** Milliseconds that the slowest 202 took. */
  slowestMs: number;
}

/**
 * Publishes one event a request, `clients` requests at once, each client without
 * a pause (or one of `pauseMs`), until `count` are published or `until` aborts.
 */
export async function publish(
  call: CallApi,
  run: {
    prefix: string;
    count: number;
    clients: number;
    pauseMs?: number;
    until?: AbortSignal;
    onAccepted?: (accepted: number) => void;
  },
): Promise<Publications> {
  const published: Publications = {
    accepted: [],
    refused: new Map(),
    moments: new Map(),
    slowestMs: 0,
  };
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < run.count && run.until?.aborted !== true) {
      const id = `${run.prefix}_${next++}`;
      const askedAt = Date.now();
      try {
        const { status, body } = await call('POST', '/v1/events', event(id));
        if (status === 202) {
          published.slowestMs = Math.max(published.slowestMs, Date.now() - askedAt);
          published.accepted.push(id);
          published.moments.set(id, { askedAt, answeredAt: Date.now() });
          run.onAccepted?.(published.accepted.length);
        } else published.refused.set(id, `${status} ${String(body.code)}`);
      } catch (error) {
        const { cause = error } = error as { cause?: unknown };
        published.refused.set(id, String((cause as { code?: string }).code ?? cause));
      }
      if (run.pauseMs !== undefined) await sleep(run.pauseMs);
    }
  };
  await Promise.all(Array.from({ length: run.clients }, client));
  return published;
}

/** The producer's id of the event that a request carries. */
export function eventIdOf(request: ReceivedRequest): string {
  const { data } = JSON.parse(request.body.toString('utf8')) as { data: { resumeId: string } };
  return data.resumeId;
}

/** How often each event came. */
export function timesReceived(receiver: TestReceiver): Map<string, number> {
  const times = new Map<string, number>();
  for (const id of receiver.requests.map(eventIdOf)) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
}

/** Ids of the events that came more than once. */
export function duplicates(receiver: TestReceiver): string[] {
  return [...timesReceived(receiver)].filter(([, times]) => times > 1).map(([id]) => id);
}

/** Resolves once every one of `ids` has come; throws with those that have not. */
export async function waitForAll(
  receiver: TestReceiver,
  ids: readonly string[],
  timeoutMs: number,
): Promise<void> {
  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    const times = timesReceived(receiver);
    const missing = ids.filter((id) => !times.has(id));
    if (missing.length === 0) return;
    if (Date.now() > giveUpAt) {
      throw new Error(
        `${missing.length} of ${ids.length} never came: ${missing.slice(0, 5).join()}`,
      );
    }
    await sleep(50);
  }
}

/** Writes a measurement where a person who runs the test sees it. */
export function tell(line: string): void {
  process.stderr.write(`    ${line}\n`);
}

/**
 * Ids of the events that a stopped instance's database has as delivered (to this endpoint, where
 * one is named). These must never come again; what was on the wire, or answered but not recorded
 * yet, may.
 */
export async function recordedAsDelivered(
  settings: NodeJS.ProcessEnv,
  endpoint?: string,
): Promise<Set<string>> {
  const store = await openConfiguredStore(readSettings(settings));
  try {
    const ids = new Set<string>();
    let cursor: string | null = null;
    do {
      const page: Listed<Delivery> = await listDeliveries(
        store,
        {},
        { status: 'delivered', ...(endpoint !== undefined && { endpoint }) },
        { limit: 200, ...(cursor !== null && { cursor }) },
      );
      for (const { eventId } of page.data) ids.add(eventId);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return ids;
  } finally {
    await store.close();
  }
}
