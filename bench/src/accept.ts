import { runClients } from './clients';
import { now } from './clock';
import type { RunningCareerHooks } from './careerhooks';
import { type Distribution, distributionOf } from './distribution';
import { registerEndpoint } from './endpoint';
import { createPoster } from './poster';
import { publish } from './publisher';

/** How fast events are accepted, durably. */
export interface Accept {
  clients: number;
  perSecond: number;
  latencyMs: Distribution;
}

/**
 * Publishes to a paused endpoint: an event and a delivery are written and synced
 * for each 202, and nothing is sent meanwhile.
 */
export async function measureAccept(
  careerhooks: RunningCareerHooks,
  { clients, seconds, url }: { clients: number; seconds: number; url: string },
): Promise<Accept> {
  const user = `accept_${clients}`;
  const endpoint = await registerEndpoint(careerhooks, user, url);
  await careerhooks.api.call('POST', `/v1/endpoints/${endpoint}/pause`);
  const poster = createPoster();
  const durations: number[] = [];
  const startedAt = now();
  await runClients(clients, async () => {
    const { sentAt, acceptedAt } = await publish(careerhooks, poster, user);
    durations.push(acceptedAt - sentAt);
    return now() - startedAt < seconds * 1000;
  });
  const elapsedMs = now() - startedAt;
  poster.close();
  await careerhooks.api.call('DELETE', `/v1/endpoints/${endpoint}`);
  return {
    clients,
    perSecond: (durations.length / elapsedMs) * 1000,
    latencyMs: distributionOf(durations),
  };
}
