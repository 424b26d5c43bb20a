import { setTimeout as sleep } from 'node:timers/promises';
import { now } from './clock';
import type { RunningCareerHooks } from './careerhooks';
import { type Distribution, distributionOf } from './distribution';
import { createPoster } from './poster';
import { type Publication, publish } from './publisher';
import type { Receiver } from './receiver';

/** How long events are under way while there is little to do. */
export interface IdleLatency {
  perSecond: number;
  events: number;
  /** From the 202 to the receiver; below zero where the delivery was faster than the 202. */
  acceptedToReceivedMs: Distribution;
  /** From the publication to the receiver. */
  sentToReceivedMs: Distribution;
}

/** Publishes `perSecond` events a second, each at its time, however long the ones before take. */
export async function measureIdleLatency(
  careerhooks: RunningCareerHooks,
  receiver: Receiver,
  { perSecond, seconds, user }: { perSecond: number; seconds: number; user: string },
): Promise<IdleLatency> {
  const poster = createPoster();
  const events = perSecond * seconds;
  const { done } = await receiver.collect(events);
  const startedAt = now();
  const publishing: Promise<Publication>[] = [];
  for (let index = 0; index < events; index += 1) {
    await sleep(Math.max(0, startedAt + (index * 1000) / perSecond - now()));
    publishing.push(publish(careerhooks, poster, user));
  }
  const publications = await Promise.all(publishing);
  const { arrivals } = await done;
  poster.close();
  await careerhooks.settled();
  const received = ({ mark }: Publication): number => arrivals.get(mark) ?? NaN;
  return {
    perSecond,
    events,
    acceptedToReceivedMs: distributionOf(
      publications.map((publication) => received(publication) - publication.acceptedAt),
    ),
    sentToReceivedMs: distributionOf(
      publications.map((publication) => received(publication) - publication.sentAt),
    ),
  };
}
