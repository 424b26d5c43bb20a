import type { Destination, OutgoingRequest, Reply } from '@careerhooks/destinations';
import { checkUrl, EgressError } from '@careerhooks/egress';
import { z } from 'zod';

type MemoSettings = Readonly<{ sender: string; pass: string }>;

interface Memo extends OutgoingRequest {
  pass: string;
  timeoutMs: number;
}

/**
 * A destination that nobody needs: an office where memos are left in boxes, as lines of text. It takes
 * a pass, says 201 to what it keeps, and cannot echo anything.
 */
export const memo: Destination<MemoSettings, Memo> = {
  name: 'memo',
  schemes: ['memo:'],
  url: { description: 'memo, the office and the box', example: 'memo://office.example.com/inbox' },
  settings: {
    field: 'memo',
    schema: z.strictObject({
      sender: z.string().min(1).max(40).meta({ description: 'Whom it is from' }),
      pass: z.string().min(4).max(40).meta({ description: 'What the office asks for' }),
    }),
    description: 'How memos are left; stored sealed and never shown',
    required: true,
  },
  shown: {
    memo_box: z.string().nullable().meta({ description: 'The box; null where there is none' }),
  },
  show: (endpoint) => ({ memo_box: endpoint === undefined ? null : boxOf(endpoint.url) }),
  checkUrl: (url, policy) => void checkUrl(overHttp(url), policy),
  checkSettings: () => undefined,

  prepare({ url, settings, timeoutMs }, { event, attempt }) {
    const lines = [`From: ${settings.sender}`, `About: ${event.type}`, `Try: ${attempt}`];
    return { url, body: Buffer.from(lines.join('\n')), pass: settings.pass, timeoutMs };
  },

  async send({ url, body, pass, timeoutMs }, egress): Promise<Reply> {
    try {
      const answer = await egress.request({
        method: 'PUT',
        url: overHttp(url),
        headers: { 'content-type': 'text/plain', 'x-pass': pass },
        body,
        timeoutMs,
      });
      return { statusCode: answer.status, body: answer.body, error: null };
    } catch (error) {
      if (error instanceof EgressError) return { statusCode: null, body: null, error };
      throw error;
    }
  },

  judge({ statusCode, error }) {
    if (statusCode === 201) return { verdict: 'delivered' };
    const errorCode = error?.code ?? (`http_${statusCode ?? 0}` as const);
    return { verdict: 'try_again', errorCode, waitMs: 0 };
  },
};

function overHttp(url: string): string {
  return url.replace(/^memo:/i, 'http:');
}

function boxOf(url: string): string {
  return new URL(url).pathname.slice(1);
}
