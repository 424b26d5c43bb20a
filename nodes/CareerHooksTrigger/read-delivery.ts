import type { IDataObject } from 'n8n-workflow';
import type { ReceivedRequest } from './verify-signature';

/** The type of the request by which CareerHooks asks whether this URL wants deliveries. */
const CHALLENGE_TYPE = 'webhook.verify';

/** The body as an object, or undefined where it is none. */
export function parseBody(body: Buffer): IDataObject | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The challenge to answer, or undefined where the body is a delivery's. */
export function challengeIn(body: IDataObject): string | undefined {
  return body.type === CHALLENGE_TYPE && typeof body.challenge === 'string'
    ? body.challenge
    : undefined;
}

/**
 * The item that the workflow gets.
 *
 * Every system has an envelope of its own. Simplified, the item has the same fields for all of
 * them: `data` is the envelope's `data`, or the whole body where the system sends its data bare,
 * as ResumeBuilder does. Else `body` is the whole body as the system's document has it.
 */
export function toItem(
  { headers }: ReceivedRequest,
  body: IDataObject,
  { simplify, receivedAt }: { simplify: boolean; receivedAt: Date },
): IDataObject {
  return {
    id: decode(text(headers['x-careerhooks-event-id'])),
    type: text(headers['x-careerhooks-event']),
    system: text(headers['x-careerhooks-system']),
    deliveryId: text(headers['webhook-id']),
    attempt: Number(text(headers['x-careerhooks-attempt'])),
    lastAttempt: text(headers['x-careerhooks-last-attempt']) === 'true',
    occurredAt: text(headers['x-careerhooks-event-time']),
    receivedAt: receivedAt.toISOString(),
    ...(simplify ? simplified(body) : { body }),
  };
}

function simplified(body: IDataObject): IDataObject {
  return {
    ...(typeof body.userId === 'string' && { user: body.userId }),
    data: isObject(body.data) ? body.data : body,
    ...(isObject(body.previous_attributes) && { previousAttributes: body.previous_attributes }),
  };
}

/** Event ids are percent-encoded where they are not visible ASCII. */
function decode(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

function text(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}

function isObject(value: unknown): value is IDataObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
