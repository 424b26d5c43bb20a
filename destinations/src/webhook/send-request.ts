import { type EgressClient, EgressError } from '@careerhooks/egress';
import type { OutgoingRequest, Reply } from '../destination';

/** A POST. */
export interface HttpRequest extends OutgoingRequest {
  headers: Record<string, string>;
  timeoutMs: number;
}

/** A whole answer of a receiver, or what was read of it, if anything, and why there is no more. */
export type HttpReply = Reply & {
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
} & (
    | { statusCode: number; body: Buffer; error: null }
    | { statusCode: number | null; body: Buffer | null; error: EgressError }
  );

/** Posts it once. */
export async function sendRequest(request: HttpRequest, egress: EgressClient): Promise<HttpReply> {
  try {
    const { url, headers, body, timeoutMs } = request;
    const answer = await egress.request({ method: 'POST', url, headers, body, timeoutMs });
    return { statusCode: answer.status, headers: answer.headers, body: answer.body, error: null };
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    const { status = null, headers = {}, body = null } = error.answer ?? {};
    return { statusCode: status, headers, body, error };
  }
}
