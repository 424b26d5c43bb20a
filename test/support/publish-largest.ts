import { MAX_BODY_BYTES } from '@careerhooks/systems';
import { example, type Journey, type ShownEvent } from './journey';

const TYPE = 'resume.parsed';

/** Publishes the largest event of RoleReady that is taken: a byte more would be sent as more than 1 MiB. */
export async function publishLargest(journey: Journey): Promise<ShownEvent> {
  const publication = (length: number) => {
    const data = { ...(example('roleready', TYPE).data as object), filler: 'x'.repeat(length) };
    return { type: TYPE, data };
  };
  // As large as a publication may be is larger than what may be sent of it: the refusal says by how much.
  const length = MAX_BODY_BYTES - JSON.stringify(publication(0)).length;
  const tooLarge = await journey.call('POST', '/v1/events', publication(length));
  expect(tooLarge.body.code).toBe('event_too_large');
  const excess = Number.parseInt(tooLarge.body.issues[0].message as string, 10);
  const accepted = await journey.call('POST', '/v1/events', publication(length - excess));
  expect(accepted.status).toBe(202);
  return accepted.body as ShownEvent;
}
