import type { EgressAnswer, EgressError } from '@careerhooks/egress';
import { answersChallenge, isSuccess, redactChallenge } from '@careerhooks/systems';
import { excerpt } from '../attempts/excerpt';
import { readOf, type Reply } from '../attempts/judge-answer';

/** What came of one challenge: what was wrong with it, for programs and for people, and what the URL answered. */
export interface ChallengeJudgement {
  /** Null where it was answered rightly. */
  error: { code: string; message: string } | null;
  statusCode: number | null;
  /** Never has the challenge's text. */
  answerExcerpt: string | null;
}

/** Enough of an answer for an excerpt, however much of it is the challenge that is cut out. */
const SHOWABLE_BYTES = 4096;

/** Whether a URL has answered `challenge`; where not, what its owner can do. */
export function judgeChallenge(challenge: string, reply: Reply): ChallengeJudgement {
  const read = readOf(reply);
  return {
    error: errorOf(challenge, reply),
    statusCode: read?.status ?? null,
    answerExcerpt: read === undefined ? null : shown(challenge, read.body),
  };
}

/** A status that is no success counts by itself, however its body ended, as with deliveries. */
function errorOf(challenge: string, reply: Reply): ChallengeJudgement['error'] {
  const status = readOf(reply)?.status;
  if (status !== undefined && !isSuccess(status)) {
    return { code: codeOf(status), message: refusal(status) };
  }
  if ('error' in reply) return { code: reply.error.code, message: unreached(reply.error) };
  const message = mismatch(challenge, reply.answer);
  return message === null ? null : { code: 'challenge_not_echoed', message };
}

function codeOf(status: number): string {
  return isRedirect(status) ? 'http_redirect' : `http_${status}`;
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

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

function mismatch(challenge: string, { status, body }: EgressAnswer): string | null {
  const answer = body.toString('utf8');
  if (answersChallenge(challenge, answer)) return null;
  if (answer.trim() === '') return `It answered ${status} with an empty body. ${EXPECTED}`;
  return answer.includes(challenge)
    ? `It answered ${status} with the challenge inside of something else. The whole body has to be the bare challenge, or {"challenge": "…"}.`
    : `It answered ${status}, but neither the bare challenge nor {"challenge": "…"}: the text that "challenge" has in the request.`;
}

function shown(challenge: string, body: Buffer): string {
  const beginning = body.subarray(0, SHOWABLE_BYTES).toString('utf8');
  return excerpt(Buffer.from(redactChallenge(challenge, beginning)));
}
