import type { Logger } from 'pino';
import { createDebugLog } from '../../../../../server/src/products/cv/debug-log';

function record(enabled: boolean) {
  const lines: string[] = [];
  const log = { info: (text: string) => lines.push(text) } as unknown as Logger;
  return { lines, debug: createDebugLog(log, enabled) };
}

test('writes each step as the document shows, with secrets and content left out', () => {
  const { lines, debug } = record(true);
  const signature = `sha256=abc123${'0'.repeat(58)}`;
  debug.received({
    signature,
    timestamp: '1641834600',
    body: { action: 'update', section: 'personalInfo', data: { name: 'Secret', title: 'x' } },
  });
  debug.verified({ received: signature, valid: true });
  debug.verified({ received: 'x', valid: false, reason: 'INVALID_SIGNATURE' });
  debug.processed({ status: 200, lines: { 'Database updated': true } });
  expect(lines).toEqual([
    `[WEBHOOK DEBUG] Received webhook:
  - Signature: sha256=abc123...
  - Timestamp: 1641834600
  - Action: update
  - Section: personalInfo
  - Data: { name: "...", title: "..." }`,
    `[WEBHOOK DEBUG] Signature verification:
  - Received: sha256=abc123...
  - Status: ✅ Valid`,
    `[WEBHOOK DEBUG] Signature verification:
  - Received: x...
  - Status: ❌ Invalid (INVALID_SIGNATURE)`,
    `[WEBHOOK DEBUG] Processing result:
  - Database updated: ✅
  - Response sent: 200`,
  ]);
});

test('what was sent cannot forge a line', () => {
  const { lines, debug } = record(true);
  debug.received({ timestamp: '1\n[x]', body: { action: 'a\nb', section: 1, data: [1] } });
  expect(lines[0]?.split('\n')).toHaveLength(6);
});

test('writes nothing where it is off', () => {
  const { lines, debug } = record(false);
  debug.received({ body: {} });
  expect(lines).toEqual([]);
});
