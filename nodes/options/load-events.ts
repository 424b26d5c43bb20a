import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { EventType, System } from '../api/systems';
import { inOneMessage } from '../api/whole-message';
import { chosenSystem } from './chosen-system';

/** Event types of the chosen system, and the wildcards that stand for many of them. */
export const loadEventPatterns = inOneMessage(async function (
  this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
  const system = await chosenSystem(this);
  return system === undefined ? [] : eventPatterns(system);
});

/** Event types of the chosen system, one of which an event has. */
export const loadEventTypes = inOneMessage(async function (
  this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
  const system = await chosenSystem(this);
  return system === undefined ? [] : system.events.map(typeOption);
});

/** All that an endpoint may subscribe to, group by group. */
function eventPatterns(system: System): INodePropertyOptions[] {
  const groups = [...new Set(system.events.map(({ group }) => group))];
  return [
    {
      name: 'All Events',
      value: '*',
      description: `Everything that ${system.name} tells of, also what it adds later`,
    },
    ...groups.flatMap((group) =>
      groupOptions(system.events.filter((type) => type.group === group)),
    ),
    ...system.operational_events.map(typeOption),
  ];
}

function groupOptions(types: EventType[]): INodePropertyOptions[] {
  const prefixes = [...new Set(types.map(({ type }) => type.split('.')[0] ?? ''))];
  return [
    ...prefixes.map((prefix) => ({
      name: `All ${title(prefix)} Events (${prefix}.*)`,
      value: `${prefix}.*`,
      description: types.map(({ type }) => type).join(', '),
    })),
    ...types.map(typeOption),
  ];
}

function typeOption({ type, group, description }: EventType): INodePropertyOptions {
  return { name: `${title(group)} · ${type}`, value: type, description };
}

function title(word: string): string {
  return word.length <= 3 ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1);
}
