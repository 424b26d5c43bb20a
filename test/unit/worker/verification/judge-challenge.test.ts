import { EgressError } from '@careerhooks/egress';
import { generateChallenge } from '@careerhooks/systems';
import { judgeChallenge } from '../../../../worker/src/verification/judge-challenge';

const challenge = generateChallenge();

function answer(status: number, body: string) {
  return {
    answer: { status, headers: {}, body: Buffer.from(body), truncated: false, durationMs: 1 },
  };
}

/** What was read of an answer that broke off. */
function cut(status: number, body = '') {
  return { status, headers: {}, body: Buffer.from(body) };
}

test.each([challenge, JSON.stringify(challenge), JSON.stringify({ challenge })])(
  'the challenge proves the URL, bare or as JSON (%#)',
  (body) => {
    expect(judgeChallenge(challenge, answer(201, body))).toEqual({
      error: null,
      statusCode: 201,
      answerExcerpt: body.replace(challenge, '[challenge]'),
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
    { error: new EgressError('dns_failed', { target: 'hooks.example.com:443' }) },
    'dns_failed',
    /could not be resolved \(hooks\.example\.com:443\)\. Let the URL be reached/,
  ],
  [
    { error: new EgressError('timeout', { target: 'hooks.example.com:443', answer: cut(200) }) },
    'timeout',
    /not complete in time.* whole challenge within the timeout/,
  ],
])('says what was wrong and what to do %#', (reply, code, message) => {
  const judged = judgeChallenge(challenge, reply);
  expect(judged.error).toEqual({ code, message: expect.stringMatching(message) as string });
  expect(JSON.stringify(judged)).not.toContain(challenge);
});

test('shows the status that had come before an answer broke off', () => {
  const error = new EgressError('connection_reset', { answer: cut(200, 'almost') });
  expect(judgeChallenge(challenge, { error })).toMatchObject({
    error: { code: 'connection_reset' },
    statusCode: 200,
    answerExcerpt: 'almost',
  });
  const refused = new EgressError('timeout', { answer: cut(403, 'forbidden') });
  expect(judgeChallenge(challenge, { error: refused })).toMatchObject({
    error: { code: 'http_403' },
    statusCode: 403,
    answerExcerpt: 'forbidden',
  });
});

test('shows 1 KiB of an answer, also where the challenge is cut by that', () => {
  for (let before = 960; before < 1030; before += 1) {
    const { answerExcerpt } = judgeChallenge(
      challenge,
      answer(200, `${' '.repeat(before)}${challenge}${' '.repeat(9000)}`),
    );
    expect(answerExcerpt).toBe(`${' '.repeat(before)}[challenge]`.padEnd(1024).slice(0, 1024));
  }
});
