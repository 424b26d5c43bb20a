import type { DeliveryErrorCode } from '@careerhooks/systems';

/** The code of a status that is no success. */
export function codeOf(status: number): DeliveryErrorCode {
  return isRedirect(status) ? 'http_redirect' : `http_${status}`;
}

export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}
