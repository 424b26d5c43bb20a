import { runClients } from '../run/clients';
import { now } from '../run/clock';
import type { RunningCareerHooks } from '../run/careerhooks';
import { type Distribution, distributionOf } from '../run/distribution';
import { createPoster } from '../run/poster';
import { publish } from '../run/publisher';

/** How fast events are accepted, durably. */
export interface Accepted {
  perSecond: number;
  acceptMs: Distribution;
}

/** Publishes `events` events of `user`, `batch` in each publication. */
export async function acceptEvents(
  careerhooks: RunningCareerHooks,
  { clients, events, batch = 1, user }: AcceptSettings,
): Promise<Accepted> {
  const poster = createPoster();
  for (const url of careerhooks.urls) await poster.connect(url, clients);
  const durations: number[] = [];
  let left = events;
  const startedAt = now();
  await runClients(clients, async () => {
    if (left <= 0) return false;
    const count = Math.min(batch, left);
    left -= count;
    const users = Array.from({ length: count }, () => user);
    const { sentAt, acceptedAt } = await publish(careerhooks, poster, users);
    durations.push(acceptedAt - sentAt);
    return true;
  });
  const elapsedMs = now() - startedAt;
  poster.close();
  return { perSecond: (events / elapsedMs) * 1000, acceptMs: distributionOf(durations) };
}

interface AcceptSettings {
  clients: number;
  events: number;
  batch?: number;
  user: string;
}
