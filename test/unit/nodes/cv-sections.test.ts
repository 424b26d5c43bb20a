import { ACTIONS, applyChange, CvError, emptyCv, SECTIONS } from '@careerhooks/cv';
import type { INodePropertyOptions } from 'n8n-workflow';
import { cv } from '../../../nodes/CareerHooks/resources/cv';

/** The sections that an operation of the node offers, as they stand. */
function offered(operation: string): INodePropertyOptions[] {
  const properties = cv.operations[operation]?.properties ?? [];
  const section = properties.find(({ name }) => name === 'section');
  return (section?.options ?? []) as INodePropertyOptions[];
}

test.each([
  ['addItem', 'add'],
  ['updateSection', 'update'],
  ['deleteItem', 'delete'],
  ['moveItem', 'move'],
] as const)(
  '%s offers each section that takes "%s", in the order of their names',
  (operation, action) => {
    expect(ACTIONS).toContain(action);
    const taking = SECTIONS.filter((section) => {
      try {
        applyChange(emptyCv(), { action, section, data: { id: 'x' } });
        return true;
      } catch (error) {
        return error instanceof CvError && error.code !== 'UNSUPPORTED_OPERATION';
      }
    });
    const options = offered(operation);
    expect(options.map(({ value }) => value).sort()).toEqual([...taking].sort());
    const names = options.map(({ name }) => name);
    expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other)));
  },
);
