import type { Resource } from '../../operation';
import { get } from './get';

export const statistic: Resource = {
  selector: {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['statistic'] } },
    options: [
      {
        name: 'Get',
        value: 'get',
        action: 'Get statistics',
        description: 'Count deliveries by status, system and event type',
      },
    ],
    default: 'get',
  },
  operations: { get },
};
