import { operationalEventsOf } from './operational-events';
import { registry } from './registry';
import type { EventType, System } from './system';

/** Every system by its key, in the order of the registry. */
export const systems: ReadonlyMap<string, System> = new Map(
  registry.map((system) => [system.key, system]),
);

/** The system of this key (`roleready`), or undefined. */
export function findSystem(key: string): System | undefined {
  return systems.get(key);
}

/** Of a key that no system has: what there is instead. */
export function noSuchSystem(key: string): string {
  return `There is no system "${key}". There are: ${[...systems.keys()].join(', ')}.`;
}

/** The entry of the system's catalogue, or undefined; safe for any text, `constructor` too. */
export function findEventType(system: System, type: string): EventType | undefined {
  return entryOf(system.events, type);
}

/** As `findEventType`, and the operational events that an endpoint may get beside the system's. */
export function findDeliverableType(system: System, type: string): EventType | undefined {
  return entryOf(system.events, type) ?? entryOf(operationalEventsOf(system), type);
}

function entryOf(events: Readonly<Record<string, EventType>>, type: string): EventType | undefined {
  return Object.hasOwn(events, type) ? events[type] : undefined;
}
