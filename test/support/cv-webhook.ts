import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { TestCareerHooks } from './careerhooks';

export interface WebhookAnswer {
  status: number;
  body: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

let senders = 0;

/**
 * Sends these bytes to the CV's webhook, signed. Each comes from a loopback address of its own, so that
 * the limit of ten a minute meets nobody else's.
 *
 * @param signedBytes what the signature is of, where that is not what is sent.
 */
export function sendCvWebhook(
  { url, token }: Pick<TestCareerHooks, 'url' | 'token'>,
  secret: string,
  sent: Buffer,
  {
    headers = {},
    signedBytes = sent,
    timestamp = String(Math.floor(Date.now() / 1000)),
  }: { headers?: Record<string, string>; signedBytes?: Buffer; timestamp?: string } = {},
): Promise<WebhookAnswer> {
  const signature = createHmac('sha256', secret)
    .update(timestamp)
    .update(signedBytes)
    .digest('hex');
  senders += 1;
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${url}/api/webhook/cv`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': String(sent.length),
          'x-webhook-signature': `sha256=${signature}`,
          'x-webhook-timestamp': timestamp,
          authorization: `Bearer ${token}`,
          ...headers,
        },
        localAddress: `127.7.${1 + (senders >> 7)}.${1 + (senders % 128)}`,
        agent: false,
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as unknown }),
        );
      },
    );
    request.on('error', reject);
    request.end(sent);
  });
}
