import type { Operation, Resource } from '../operation';
import { cv } from './cv';
import { delivery } from './delivery';
import { endpoint } from './endpoint';
import { event } from './event';
import { eventType } from './event-type';
import { statistic } from './statistic';

/** All that the node knows, by the values of its Resource field. */
export const resources: Readonly<Record<string, Resource>> = {
  cv,
  delivery,
  endpoint,
  event,
  eventType,
  statistic,
};

/** Undefined where a workflow names an operation that this version does not have. */
export function findOperation(resource: string, operation: string): Operation | undefined {
  return resources[resource]?.operations[operation];
}
