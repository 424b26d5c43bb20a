import { setTimeout as sleep } from 'node:timers/promises';
import { acceptedToReceived } from '../run/arrival-times';
import type { RunningCareerHooks } from '../run/careerhooks';
import { now } from '../run/clock';
import { type Distribution, distributionOf } from '../run/distribution';
import { createPoster, type Poster } from '../run/poster';
import { type Publication, publish } from '../run/publisher';
import type { Receiver } from '../run/receiver';

/** More than are needed at once, unless the machine is too slow for the rate. */
const CONNECTIONS = 100;

/** How long events are under way that come at a certain rate. */
export interface Trickled {
  acceptMs: Distribution;
  /** From the 202 to the receiver; below zero where the delivery was faster than the 202. */
  receivedMs: Distribution;
}

/** Events at a rate, each at its time, however long the ones before take. */
export interface Stream {
  perSecond: number;
  /** Whose events they are, one after the other. */
  users: readonly string[];
  /** Whether they arrive: what goes to an endpoint that is out of order does not. */
  arrives?: boolean;
  /** Whether the figures are of these events too, or they are only load beside the others. */
  counts?: boolean;
}

/** Publishes all streams at once; tells of those that count. */
export async function trickle(
  careerhooks: RunningCareerHooks,
  receiver: Receiver,
  { streams, seconds }: { streams: readonly Stream[]; seconds: number },
): Promise<Trickled> {
  const poster = createPoster();
  for (const url of careerhooks.urls) await poster.connect(url, CONNECTIONS);
  const awaited = streams
    .filter(({ arrives = true }) => arrives)
    .reduce((sum, { perSecond }) => sum + perSecond * seconds, 0);
  const { done } = await receiver.collect(awaited);
  const published = await Promise.all(
    streams.map(async (stream) => ({
      publications: await pour(careerhooks, poster, stream, seconds),
      counts: stream.counts ?? true,
    })),
  );
  const { arrivals } = await done;
  poster.close();
  const publications = published.flatMap((stream) => (stream.counts ? stream.publications : []));
  return {
    acceptMs: distributionOf(publications.map(({ sentAt, acceptedAt }) => acceptedAt - sentAt)),
    receivedMs: acceptedToReceived(publications, arrivals),
  };
}

async function pour(
  careerhooks: RunningCareerHooks,
  poster: Poster,
  { perSecond, users }: Stream,
  seconds: number,
): Promise<Publication[]> {
  const startedAt = now();
  const publishing: Promise<Publication>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const wait = startedAt + (index * 1000) / perSecond - now();
    if (wait > 0) await sleep(wait);
    publishing.push(publish(careerhooks, poster, [users[index % users.length] ?? '']));
  }
  return Promise.all(publishing);
}
