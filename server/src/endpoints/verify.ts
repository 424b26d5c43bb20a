import {
  beginVerification,
  type Endpoint,
  openChallenge,
  recordChallenge,
} from '@careerhooks/store';
import { generateChallenge } from '@careerhooks/systems';
import { sameText } from '../access/same-text';
import type { ServerContext } from '../context';
import { Problem } from '../problems/problem';

/**
 * Proves the URL of a pending endpoint: by the challenge that it was sent, where its owner says it, or
 * else by challenging it again, also after its 24 h are over. One that is not pending stays as it is.
 * Throws Problem `wrong_challenge`.
 */
export async function verifyEndpoint(
  context: ServerContext,
  endpoint: Endpoint,
  challenge: string | undefined,
): Promise<void> {
  if (endpoint.status !== 'pending') return;
  if (challenge !== undefined) await verifyByHand(context, endpoint, challenge);
  else {
    if ((endpoint.verificationDeadline ?? 0) <= Date.now()) {
      await beginVerification(context.store, endpoint.id, generateChallenge());
    }
    await context.engine.challenge(endpoint.id);
  }
  context.engine.wake();
}

async function verifyByHand(
  context: ServerContext,
  endpoint: Endpoint,
  challenge: string,
): Promise<void> {
  const expected = openChallenge(context.store.sealer, endpoint);
  if (!sameText(challenge, expected)) {
    throw new Problem('wrong_challenge', 'Take "challenge" from the newest request to the URL.');
  }
  await recordChallenge(context.store, endpoint, {
    error: null,
    statusCode: null,
    answerExcerpt: null,
    leaseUntil: null,
  });
}
