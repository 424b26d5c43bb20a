import { cv } from './cv';
import { operationalEventsOf } from './operational-events';
import { pathfinder } from './pathfinder';
import { proposals } from './proposals';
import { resumebuilder } from './resumebuilder';
import { roleready } from './roleready';
import type { EventType, System } from './system';

/** Every system by its key, in the order in which lists show them. */
export const systems: ReadonlyMap<string, System> = new Map(
  [cv, roleready, pathfinder, resumebuilder, proposals].map((system) => [system.key, system]),
);

/** The system of this key (`roleready`), or undefined. */
export function findSystem(key: string): System | undefined {
  return systems.get(key);
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
