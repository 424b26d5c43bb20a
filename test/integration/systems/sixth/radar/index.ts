import { hmacHex } from '../../../../../systems/src/hmac';
import type { System } from '../../../../../systems/src/system';
import { events } from './events';
import { verify } from './verify';

/** Portfolio Radar, an invented product, which differs from each of the real ones in something. */
export const radar: System = {
  key: 'radar',
  name: 'Portfolio Radar',
  description: 'Tells where a portfolio was seen.',
  events,
  envelope: (event, delivery) => ({
    kind: event.type,
    ping: delivery.id,
    owner: event.user,
    data: event.data,
  }),
  bodyForm: 'javascript',
  headers: ({ event, body, secret }) => ({
    'X-Radar-Event': event.type,
    'X-Radar-Signature': `radar=${hmacHex(secret, `${event.type}:`, body)}`,
    'User-Agent': 'PortfolioRadar/1.0',
  }),
  signature: {
    header: 'X-Radar-Signature',
    form: 'radar=<hex>',
    over: '`X-Radar-Event:` and body',
  },
  verify,
  retry: { delaysMs: [250, 500], maxRetries: 2, jitter: 0 },
  timeoutMs: 3_000,
  limits: { maxUrlLength: 1024, maxTimeoutSeconds: 20, maxRetries: 2 },
  secretFormat: 'hex',
  challengesByDefault: true,
  critical: ['scan.failed'],
};
