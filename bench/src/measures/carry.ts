import { acceptedToReceived } from '../run/arrival-times';
import type { RunningCareerHooks } from '../run/careerhooks';
import { runClients } from '../run/clients';
import { type Distribution, distributionOf } from '../run/distribution';
import { createPoster } from '../run/poster';
import { type Publication, publish } from '../run/publisher';
import type { Receiver } from '../run/receiver';

/** Events from publication to the receiver, as fast as they go. */
export interface Carried {
  deliveries: number;
  /** Deliveries, from the first publication sent to the last one received. */
  perSecond: number;
  acceptMs: Distribution;
  /** From the 202 to the receiver. */
  receivedMs: Distribution;
  duplicates: number;
  /** All that the deliveries cost, recording and the workflows' ends included. */
  cpuSecondsPer1000: { careerhooks: number; temporal: number };
}

export interface CarrySettings {
  clients: number;
  events: number;
  /** Events in each publication, 1 unless set. */
  batch?: number;
  /** Whose events they are, one after the other. */
  users: readonly string[];
  /** Endpoints that get each event, 1 unless set. */
  copies?: number;
}

export async function carry(
  careerhooks: RunningCareerHooks,
  receiver: Receiver,
  { clients, events, batch = 1, users, copies = 1 }: CarrySettings,
): Promise<Carried> {
  const poster = createPoster();
  for (const url of careerhooks.urls) await poster.connect(url, clients);
  const deliveries = events * copies;
  const before = careerhooks.usage();
  const { done } = await receiver.collect(deliveries);
  const publications: Publication[] = [];
  let next = 0;
  await runClients(clients, async () => {
    if (next >= events) return false;
    const first = next;
    next = Math.min(events, first + batch);
    const owners = Array.from(
      { length: next - first },
      (_, index) => users[(first + index) % users.length] ?? '',
    );
    publications.push(await publish(careerhooks, poster, owners));
    return true;
  });
  const { arrivals, duplicates } = await done;
  poster.close();
  await careerhooks.settled();
  const after = careerhooks.usage();

  const firstSentAt = Math.min(...publications.map(({ sentAt }) => sentAt));
  const lastReceivedAt = arrivals.reduce((last, { at }) => Math.max(last, at), 0);
  const per1000 = (part: 'careerhooks' | 'temporal'): number =>
    ((after[part].cpuSeconds - before[part].cpuSeconds) / deliveries) * 1000;
  return {
    deliveries,
    perSecond: (deliveries / (lastReceivedAt - firstSentAt)) * 1000,
    acceptMs: distributionOf(publications.map(({ sentAt, acceptedAt }) => acceptedAt - sentAt)),
    receivedMs: acceptedToReceived(publications, arrivals),
    duplicates,
    cpuSecondsPer1000: { careerhooks: per1000('careerhooks'), temporal: per1000('temporal') },
  };
}
