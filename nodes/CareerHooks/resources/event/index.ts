import type { Resource } from '../../operation';
import { get } from './get';
import { getMany } from './get-many';
import { publish } from './publish';

export const event: Resource = {
  selector: {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['event'] } },
    options: [
      {
        name: 'Get',
        value: 'get',
        action: 'Get an event',
        description: 'Get one event with its data',
      },
      {
        name: 'Get Many',
        value: 'getAll',
        action: 'Get many events',
        description: 'Get events, the newest first',
      },
      {
        name: 'Publish',
        value: 'publish',
        action: 'Publish an event',
        description: 'Tell everyone who asked for such events that something has happened',
      },
    ],
    default: 'publish',
  },
  operations: { get, getAll: getMany, publish },
};
