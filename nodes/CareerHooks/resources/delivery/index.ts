import type { Resource } from '../../operation';
import { cancel } from './cancel';
import { get } from './get';
import { getMany } from './get-many';
import { replay } from './replay';
import { retry } from './retry';

export const delivery: Resource = {
  selector: {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['delivery'] } },
    options: [
      {
        name: 'Cancel',
        value: 'cancel',
        action: 'Cancel a delivery',
        description: 'End a delivery that has not arrived yet',
      },
      {
        name: 'Get',
        value: 'get',
        action: 'Get a delivery',
        description: 'Get one delivery with all its attempts',
      },
      {
        name: 'Get Many',
        value: 'getAll',
        action: 'Get many deliveries',
        description: 'Get deliveries, the newest first',
      },
      {
        name: 'Replay',
        value: 'replay',
        action: 'Replay deliveries',
        description: 'Send finished deliveries of an endpoint again, by default those that failed',
      },
      {
        name: 'Retry',
        value: 'retry',
        action: 'Retry a delivery',
        description: 'Try a delivery again now',
      },
    ],
    default: 'getAll',
  },
  operations: { cancel, get, getAll: getMany, replay, retry },
};
