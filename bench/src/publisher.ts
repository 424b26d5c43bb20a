import { now } from './clock';
import type { Poster } from './poster';
import type { RunningCareerHooks } from './careerhooks';
import { sampleEvent } from './sample-event';

/** One publication, on the clock of `now`. */
export interface Publication {
  mark: string;
  sentAt: number;
  /** When the 202 had come. */
  acceptedAt: number;
}

let published = 0;

/** Publishes one event; throws where it is not accepted. */
export async function publish(
  careerhooks: RunningCareerHooks,
  poster: Poster,
  user: string,
): Promise<Publication> {
  published += 1;
  const mark = `bench-${published}`;
  const body = sampleEvent(user, mark);
  const sentAt = now();
  const status = await poster.post(
    `${careerhooks.url}/v1/events`,
    { authorization: `Bearer ${careerhooks.token}` },
    body,
  );
  if (status !== 202) throw new Error(`POST /v1/events answered ${status}.`);
  return { mark, sentAt, acceptedAt: now() };
}
