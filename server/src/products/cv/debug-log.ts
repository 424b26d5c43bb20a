import type { Logger } from 'pino';

/** The debug output that the document shows, with what is secret or personal left out. */
export interface DebugLog {
  received(request: { signature?: string; timestamp?: string; body: unknown }): void;
  verified(outcome: { received?: string; valid: boolean; reason?: string }): void;
  processed(outcome: { status: number; lines: Record<string, boolean> }): void;
}

/** Where debugging is off, nothing is written. */
export function createDebugLog(log: Logger, enabled: boolean): DebugLog {
  const write = (title: string, lines: readonly string[]): void => {
    if (enabled)
      log.info(`[WEBHOOK DEBUG] ${title}:\n${lines.map((line) => `  - ${line}`).join('\n')}`);
  };
  return {
    received: (request) => write('Received webhook', describeReceived(request)),
    verified: ({ received, valid, reason }) =>
      write('Signature verification', [
        // The document prints the expected one, too: whoever reads logs could then sign.
        `Received: ${mask(received)}`,
        `Status: ${valid ? '✅ Valid' : `❌ Invalid (${reason ?? 'unknown'})`}`,
      ]),
    processed: ({ status, lines }) =>
      write('Processing result', [
        ...Object.entries(lines).map(([what, done]) => `${what}: ${done ? '✅' : '❌'}`),
        `Response sent: ${status}`,
      ]),
  };
}

function describeReceived(request: {
  signature?: string;
  timestamp?: string;
  body: unknown;
}): string[] {
  const { action, section, data } = (
    typeof request.body === 'object' && request.body !== null ? request.body : {}
  ) as Record<string, unknown>;
  return [
    `Signature: ${mask(request.signature)}`,
    `Timestamp: ${plain(request.timestamp)}`,
    `Action: ${plain(action)}`,
    `Section: ${plain(section)}`,
    `Data: ${shape(data)}`,
  ];
}

/** `sha256=abc123...` */
function mask(signature: string | undefined): string {
  if (signature === undefined) return 'none';
  return `${plain(/^(sha256=)?.{0,6}/i.exec(signature)?.[0])}...`;
}

/** Field names with `"..."` for their values, as the document prints them. */
function shape(data: unknown): string {
  if (Array.isArray(data)) return `[ ${data.length} items ]`;
  if (typeof data !== 'object' || data === null) return data === undefined ? 'none' : '...';
  const names = Object.keys(data).slice(0, 20);
  return `{ ${names.map((name) => `${plain(name)}: "..."`).join(', ')} }`;
}

/** One short line, whatever was sent: a line break would forge a line of the log. */
function plain(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 60).replace(/[^\x20-\x7e]/g, '?') : 'none';
}
