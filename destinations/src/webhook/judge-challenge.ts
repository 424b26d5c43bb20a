import type { EgressError } from '@careerhooks/egress';
import { answersChallenge, isSuccess, redactChallenge } from '@careerhooks/systems';
import type { ChallengeJudgement } from '../destination';
import { codeOf, isRedirect } from './code-of';
import type { HttpReply } from './send-request';

/** Enough of an answer for an excerpt, however much of it is the challenge that is cut out. */
const SHOWABLE_BYTES = 4096;

/** Whether a URL has answered `challenge`; where not, what its owner can do. */
export function judgeChallenge(challenge: string, reply: HttpReply): ChallengeJudgement {
  return {
    error: errorOf(challenge, reply),
    answer: reply.body === null ? null : shown(challenge, reply.body),
  };
}

/** A status that is no success counts by itself, however its body ended, as with deliveries. */
function errorOf(
  challenge: string,
  { statusCode, body, error }: HttpReply,
): ChallengeJudgement['error'] {
  if (statusCode !== null && !isSuccess(statusCode)) {
    return { code: codeOf(statusCode), message: refusal(statusCode) };
  }
  if (error !== null) return { code: error.code, message: unreached(error) };
  const message = mismatch(challenge, statusCode, body.toString('utf8'));
  return message === null ? null : { code: 'challenge_not_echoed', message };
}

const EXPECTED = 'It has to answer 200 with the bare challenge, or with {"challenge": "…"}.';

function unreached(error: EgressError): string {
  return `${error.message} ${
    error.stage === 'before'
      ? 'Let the URL be reached from here, or register another.'
      : 'It has to answer the whole challenge within the timeout.'
  }`;
}

function refusal(status: number): string {
  if (isRedirect(status)) {
    return `It answered ${status}, a redirect, which is not followed: register the URL that it leads to.`;
  }
  return `It answered ${status} to the POST of the challenge. ${EXPECTED}`;
}

function mismatch(challenge: string, status: number, answer: string): string | null {
  if (answersChallenge(challenge, answer)) return null;
  if (answer.trim() === '') return `It answered ${status} with an empty body. ${EXPECTED}`;
  return answer.includes(challenge)
    ? `It answered ${status} with the challenge inside of something else. The whole body has to be the bare challenge, or {"challenge": "…"}.`
    : `It answered ${status}, but neither the bare challenge nor {"challenge": "…"}: the text that "challenge" has in the request.`;
}

function shown(challenge: string, body: Buffer): string {
  const beginning = body.subarray(0, SHOWABLE_BYTES).toString('utf8');
  return redactChallenge(challenge, beginning);
}
