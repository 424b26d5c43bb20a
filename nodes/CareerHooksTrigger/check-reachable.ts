import { NodeOperationError } from 'n8n-workflow';
import type { TriggerContext } from './trigger-context';

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/;

/** Whether a URL leads to the machine that uses it. */
function isLoopback(url: string): boolean {
  try {
    return LOOPBACK.test(new URL(url).hostname);
  } catch {
    return false;
  }
}

/**
 * Refuses a webhook URL that leads CareerHooks to itself: n8n makes them from `WEBHOOK_URL`, and
 * says localhost where that is not set. Throws NodeOperationError.
 */
export function checkReachable(context: TriggerContext, url: string, baseUrl: string): void {
  if (!isLoopback(url) || isLoopback(baseUrl)) return;
  throw new NodeOperationError(
    context.getNode(),
    `CareerHooks at ${baseUrl} cannot call n8n at ${url}: that address is n8n's own machine. ${SET_WEBHOOK_URL}`,
  );
}

/** What to do where CareerHooks calls n8n at the wrong address. */
export const SET_WEBHOOK_URL =
  "Set n8n's environment variable WEBHOOK_URL to the address by which CareerHooks reaches n8n (behind a proxy, the proxy's), restart n8n, and try again.";
