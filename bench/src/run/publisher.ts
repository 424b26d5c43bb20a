import { now } from './clock';
import type { Poster } from './poster';
import type { RunningCareerHooks } from './careerhooks';
import { sampleEvent } from './sample-event';

/** One publication, on the clock of `now`. */
export interface Publication {
  /** Of its events. */
  marks: string[];
  sentAt: number;
  /** When the 202 had come. */
  acceptedAt: number;
}

let published = 0;

/**
 * Publishes one event for each of `users`, several as one batch, to one of the
 * processes after the other; throws where it is not accepted.
 */
export async function publish(
  { urls, token }: Pick<RunningCareerHooks, 'urls' | 'token'>,
  poster: Poster,
  users: readonly string[],
): Promise<Publication> {
  const marks = users.map((_, index) => `bench-${published + index + 1}`);
  published += users.length;
  const events = users.map((user, index) => sampleEvent(user, marks[index] ?? ''));
  const [only] = events;
  const body =
    events.length === 1 && only !== undefined ? only : Buffer.from(`{"events":[${events.join()}]}`);
  const url = urls[published % urls.length] ?? '';
  const sentAt = now();
  const status = await poster.post(`${url}/v1/events`, { authorization: `Bearer ${token}` }, body);
  if (status !== 202) throw new Error(`POST /v1/events answered ${status}.`);
  return { marks, sentAt, acceptedAt: now() };
}
