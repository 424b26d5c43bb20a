import type { DeliveryErrorCode } from '@careerhooks/systems';
import type { SentTest } from '../../endpoints/test';

/** Why a test was not taken, for people; null where it was. */
export function whyTestFailed(sent: SentTest): string | null {
  if (sent.delivered) return null;
  return whyNot({
    message: sent.errorMessage,
    statusCode: sent.statusCode,
    code: sent.errorCode,
  });
}

/** Why a delivery was not made, for people. */
export function whyNot(facts: {
  message: string | null;
  statusCode: number | null;
  code: DeliveryErrorCode | null;
}): string {
  if (facts.message !== null) return facts.message;
  if (facts.statusCode !== null) return `The receiver answered HTTP ${facts.statusCode}.`;
  return facts.code ?? 'It was not delivered.';
}
