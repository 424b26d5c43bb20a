import { runClients } from './clients';
import type { RunningCareerHooks } from './careerhooks';
import { type Distribution, distributionOf } from './distribution';
import { createPoster } from './poster';
import { type Publication, publish } from './publisher';
import type { Receiver } from './receiver';

/** Events from publication to the receiver, as fast as they go. */
export interface EndToEnd {
  clients: number;
  events: number;
  /** From the first publication sent to the last event received. */
  deliveriesPerSecond: number;
  acceptMs: Distribution;
  duplicates: number;
  /** All that the deliveries cost, recording and the workflows' ends included. */
  cpuSecondsPer1000: { careerhooks: number; temporal: number };
}

export async function measureEndToEnd(
  careerhooks: RunningCareerHooks,
  receiver: Receiver,
  { clients, events, user }: { clients: number; events: number; user: string },
): Promise<EndToEnd> {
  const poster = createPoster();
  const before = careerhooks.usage();
  const { done } = await receiver.collect(events);
  const publications: Publication[] = [];
  let left = events;
  await runClients(clients, async () => {
    if (left === 0) return false;
    left -= 1;
    publications.push(await publish(careerhooks, poster, user));
    return true;
  });
  const { arrivals, duplicates } = await done;
  poster.close();
  await careerhooks.settled();
  const after = careerhooks.usage();

  const firstSentAt = Math.min(...publications.map(({ sentAt }) => sentAt));
  const lastReceivedAt = Math.max(...arrivals.values());
  const per1000 = (part: 'careerhooks' | 'temporal'): number =>
    ((after[part].cpuSeconds - before[part].cpuSeconds) / events) * 1000;
  return {
    clients,
    events,
    deliveriesPerSecond: (events / (lastReceivedAt - firstSentAt)) * 1000,
    acceptMs: distributionOf(publications.map(({ sentAt, acceptedAt }) => acceptedAt - sentAt)),
    duplicates,
    cpuSecondsPer1000: { careerhooks: per1000('careerhooks'), temporal: per1000('temporal') },
  };
}
