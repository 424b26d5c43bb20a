import type { Resource } from '../../operation';
import { getMany } from './get-many';

export const eventType: Resource = {
  selector: {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['eventType'] } },
    options: [
      {
        name: 'Get Many',
        value: 'getAll',
        action: 'Get many event types',
        description: 'Get what a system tells of, with an example of each event',
      },
    ],
    default: 'getAll',
  },
  operations: { getAll: getMany },
};
