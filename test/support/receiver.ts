import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';

/** One request that a receiver got. */
export interface ReceivedRequest {
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Unix milliseconds. */
  at: number;
  /** Once it was answered: when, and with which status. */
  answered?: { at: number; status: number };
}

/** What a receiver answers; `undefined` closes the connection without an answer. */
export interface TestAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Milliseconds to wait first. */
  delayMs?: number;
}

/** A receiver on loopback whose answers a test decides. */
export interface TestReceiver {
  url: string;
  port: number;
  /** Everything it got except challenges, in order. */
  requests: ReceivedRequest[];
  challenges: ReceivedRequest[];
  /** Decides each answer; by default 200. Challenges are echoed unless `answerChallenge` is set. */
  answer: (
    request: ReceivedRequest,
    index: number,
  ) => TestAnswer | undefined | Promise<TestAnswer | undefined>;
  answerChallenge: ((challenge: string) => TestAnswer) | undefined;
  /** Resolves with the requests once there are `count`; rejects after `timeoutMs`. */
  waitFor(count: number, timeoutMs?: number): Promise<ReceivedRequest[]>;
  stop(): Promise<void>;
}

export async function startTestReceiver(port = 0): Promise<TestReceiver> {
  const server = createServer((request, response) => {
    void (async () => {
      const received: ReceivedRequest = {
        path: request.url ?? '',
        headers: request.headers,
        body: await buffer(request),
        at: Date.now(),
      };
      const challenge = challengeIn(received.body);
      let answer: TestAnswer | undefined;
      if (challenge !== undefined) {
        receiver.challenges.push(received);
        answer = receiver.answerChallenge?.(challenge) ?? { body: JSON.stringify({ challenge }) };
      } else {
        receiver.requests.push(received);
        answer = await receiver.answer(received, receiver.requests.length - 1);
      }
      if (answer === undefined) {
        request.socket.destroy();
        return;
      }
      if (answer.delayMs !== undefined) await sleep(answer.delayMs, undefined, { ref: false });
      const status = answer.status ?? 200;
      received.answered = { at: Date.now(), status };
      response.writeHead(status, answer.headers).end(answer.body ?? 'OK');
    })();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const bound = (server.address() as AddressInfo).port;

  const receiver: TestReceiver = {
    url: `http://127.0.0.1:${bound}/hook`,
    port: bound,
    requests: [],
    challenges: [],
    answer: () => ({}),
    answerChallenge: undefined,
    async waitFor(count, timeoutMs = 20_000) {
      const giveUpAt = Date.now() + timeoutMs;
      while (receiver.requests.length < count) {
        if (Date.now() > giveUpAt) {
          throw new Error(`Only ${receiver.requests.length} of ${count} requests came.`);
        }
        await sleep(10);
      }
      return receiver.requests;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

function challengeIn(body: Buffer): string | undefined {
  try {
    const message = JSON.parse(body.toString('utf8')) as { type?: string; challenge?: string };
    return message.type === 'webhook.verify' ? message.challenge : undefined;
  } catch {
    return undefined;
  }
}
