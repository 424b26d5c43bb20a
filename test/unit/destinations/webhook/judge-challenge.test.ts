import { EgressError, type EgressErrorCode } from '@careerhooks/egress';
import { generateChallenge } from '@careerhooks/systems';
import { judgeChallenge } from '../../../../destinations/src/webhook/judge-challenge';
import type { HttpReply } from '../../../../destinations/src/webhook/send-request';

const challenge = generateChallenge();

function answer(statusCode: number, body: string): HttpReply {
  return { statusCode, headers: {}, body: Buffer.from(body), error: null };
}

/** What was read of an answer that broke off. */
function cut(statusCode: number, code: EgressErrorCode, body = ''): HttpReply {
  const error = new EgressError(code, { target: 'hooks.example.com:443' });
  return { ...answer(statusCode, body), error };
}

function unreached(code: EgressErrorCode): HttpReply {
  const error = new EgressError(code, { target: 'hooks.example.com:443' });
  return { statusCode: null, headers: {}, body: null, error };
}

test.each([challenge, JSON.stringify(challenge), JSON.stringify({ challenge })])(
  'the challenge proves the URL, bare or as JSON (%#)',
  (body) => {
    expect(judgeChallenge(challenge, answer(201, body))).toEqual({
      error: null,
      answer: body.replace(challenge, '[challenge]'),
    });
  },
);

test.each([
  [answer(200, ''), 'challenge_not_echoed', /empty body.* 200 with the bare challenge/],
  [
    answer(200, 'OK'),
    'challenge_not_echoed',
    /neither the bare challenge nor \{"challenge": "…"\}/,
  ],
  [answer(200, `<p>${challenge}</p>`), 'challenge_not_echoed', /inside of something else/],
  [answer(301, ''), 'http_redirect', /redirect, which is not followed/],
  [answer(401, challenge), 'http_401', /It answered 401 .* has to answer 200/],
  [
    unreached('dns_failed'),
    'dns_failed',
    /could not be resolved \(hooks\.example\.com:443\)\. Let the URL be reached/,
  ],
  [cut(200, 'timeout'), 'timeout', /not complete in time.* whole challenge within the timeout/],
])('says what was wrong and what to do %#', (reply, code, message) => {
  const judged = judgeChallenge(challenge, reply);
  expect(judged.error).toEqual({ code, message: expect.stringMatching(message) as string });
  expect(JSON.stringify(judged)).not.toContain(challenge);
});

test('goes by the status that had come before an answer broke off, where it is no success', () => {
  expect(judgeChallenge(challenge, cut(200, 'connection_reset', 'almost'))).toMatchObject({
    error: { code: 'connection_reset' },
    answer: 'almost',
  });
  expect(judgeChallenge(challenge, cut(403, 'timeout', 'forbidden'))).toMatchObject({
    error: { code: 'http_403' },
    answer: 'forbidden',
  });
});

test('shows what an excerpt of 1 KiB needs, also where the challenge is cut by that', () => {
  for (let before = 960; before < 1030; before += 1) {
    const judged = judgeChallenge(
      challenge,
      answer(200, `${' '.repeat(before)}${challenge}${' '.repeat(9000)}`),
    );
    const shown = `${' '.repeat(before)}[challenge]`.padEnd(1024).slice(0, 1024);
    expect(judged.answer?.slice(0, 1024)).toBe(shown);
  }
});
