import { z } from 'zod';
import { SystemsError } from './errors';
import { inWords, tellIssue } from './in-words';
import { findEventType } from './find-system';
import type { JsonObject } from './json/json';
import type { System } from './system';

/**
 * Checks an event's data against the system's document. The data itself is never changed:
 * fields beyond the documented ones stay, in their order.
 *
 * @throws {SystemsError} `unknown_event_type`, or `invalid_event_data` with every issue and its path.
 */
export function validateEventData(
  system: System,
  type: string,
  data: unknown,
): asserts data is JsonObject {
  const eventType = findEventType(system, type);
  if (!eventType) {
    throw new SystemsError('unknown_event_type', `${system.name} has no event type "${type}".`);
  }
  const result = eventType.schema.safeParse(data, { error: inWords });
  if (result.success) return;
  const issues = result.error.issues.map(({ path, message }) => ({
    path: z.core.toDotPath(path),
    message,
  }));
  const list = issues.map((issue) => tellIssue(issue, 'data')).join('; ');
  throw new SystemsError('invalid_event_data', `In the data of ${type}, ${list}.`, issues);
}
