import { EgressError } from '@careerhooks/egress';
import { judgeAnswer } from '../../../../destinations/src/webhook/judge-answer';
import type { HttpReply } from '../../../../destinations/src/webhook/send-request';

const NOW = Date.parse('2026-11-24T09:00:00Z');

function answer(statusCode: number, headers: Record<string, string> = {}, text = ''): HttpReply {
  return { statusCode, headers, body: Buffer.from(text), error: null };
}

function cut(statusCode: number, code: 'connection_reset' | 'timeout'): HttpReply {
  return { ...answer(statusCode, { 'retry-after': '7' }), error: new EgressError(code) };
}

describe('judging an answer', () => {
  it.each([200, 201, 202, 204, 299])('takes %d for delivered', (status) => {
    expect(judgeAnswer(answer(status), NOW)).toEqual({ verdict: 'delivered' });
  });

  it.each([
    ['n8n is starting up. Please wait', { verdict: 'try_again', errorCode: 'receiver_starting' }],
    ['n8n is starting up. Please wait.', { verdict: 'delivered' }],
    ['{"message":"Workflow was started"}', { verdict: 'delivered' }],
  ])('goes by what a 200 says of the receiver: %s', (text, judgement) => {
    expect(judgeAnswer(answer(200, {}, text), NOW)).toMatchObject(judgement);
  });

  it.each([301, 302, 303, 307, 308, 304])('takes a redirect (%d) for a failure', (status) => {
    expect(judgeAnswer(answer(status), NOW)).toEqual({
      verdict: 'try_again',
      errorCode: 'http_redirect',
      waitMs: 0,
    });
  });

  it.each([400, 401, 404, 429, 500, 503])('tries again after %d', (status) => {
    expect(judgeAnswer(answer(status), NOW)).toEqual({
      verdict: 'try_again',
      errorCode: `http_${status}`,
      waitMs: 0,
    });
  });

  it('takes 410 for the end of the endpoint', () => {
    expect(judgeAnswer(answer(410), NOW)).toEqual({
      verdict: 'gone',
      errorCode: 'endpoint_gone',
      reason: 'The receiver answered 410 Gone.',
    });
  });

  it.each([
    [429, '7', 7_000],
    [503, '120', 120_000],
    [503, 'Tue, 24 Nov 2026 09:01:00 GMT', 60_000],
    [503, 'soon', 0],
    [500, '7', 0],
    [404, '7', 0],
  ])('waits as %d with Retry-After "%s" says: %d ms', (status, value, waitMs) => {
    expect(judgeAnswer(answer(status, { 'retry-after': value }), NOW)).toMatchObject({ waitMs });
  });

  it.each([
    [410, { verdict: 'gone', errorCode: 'endpoint_gone' }],
    [429, { verdict: 'try_again', errorCode: 'http_429', waitMs: 7_000 }],
    [503, { verdict: 'try_again', errorCode: 'http_503', waitMs: 7_000 }],
    [500, { verdict: 'try_again', errorCode: 'http_500', waitMs: 0 }],
    [302, { verdict: 'try_again', errorCode: 'http_redirect', waitMs: 0 }],
  ])('goes by the status %d of an answer that did not end', (status, judgement) => {
    expect(judgeAnswer(cut(status, 'connection_reset'), NOW)).toMatchObject(judgement);
    expect(judgeAnswer(cut(status, 'timeout'), NOW)).toMatchObject(judgement);
  });

  it.each(['connection_reset', 'timeout'] as const)(
    'does not take a 2xx that did not end for delivered: %s',
    (errorCode) => {
      expect(judgeAnswer(cut(200, errorCode), NOW)).toEqual({
        verdict: 'try_again',
        errorCode,
        waitMs: 0,
      });
    },
  );

  it('names why there was no answer', () => {
    const error = new EgressError('connection_refused', { target: '192.0.2.1:443' });
    const nothing = { statusCode: null, headers: {}, body: null, error };
    expect(judgeAnswer(nothing, NOW)).toEqual({
      verdict: 'try_again',
      errorCode: 'connection_refused',
      waitMs: 0,
    });
  });
});
