import type { SentTest } from '../../operations/endpoints/send-test';

/** What came of a test, in the words that the products' answers are made of. */
export interface TestResult {
  delivered: boolean;
  statusCode: number | null;
  /** Null where it was delivered. */
  error: string | null;
  durationMs: number;
}

export function testResult({ delivery }: SentTest): TestResult {
  const attempt = delivery?.attemptLog[0];
  const delivered = delivery?.status === 'delivered';
  return {
    delivered,
    statusCode: attempt?.statusCode ?? null,
    error: delivered
      ? null
      : whyNot({
          message: attempt?.errorMessage ?? null,
          statusCode: attempt?.statusCode ?? null,
          code: attempt?.errorCode ?? null,
        }),
    durationMs: attempt?.durationMs ?? 0,
  };
}

/** Why a delivery was not made, for people. */
export function whyNot(facts: {
  message: string | null;
  statusCode: number | null;
  code: string | null;
}): string {
  if (facts.message !== null) return facts.message;
  if (facts.statusCode !== null) return `The receiver answered HTTP ${facts.statusCode}.`;
  return facts.code ?? 'It was not delivered.';
}
