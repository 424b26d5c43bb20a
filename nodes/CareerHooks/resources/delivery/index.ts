import type { Resource } from '../../operation';
import { cancel } from './cancel';
import { get } from './get';
import { getMany } from './get-many';
import { replay } from './replay';
import { reportOutcome } from './report-outcome';
import { retry } from './retry';
import { skipIfDone } from './skip-if-done';

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
        name: 'Report Outcome',
        value: 'reportOutcome',
        action: 'Report the outcome of a delivery',
        description:
          'Say that its event is done, so that Skip If Done drops it when it comes again',
      },
      {
        name: 'Retry',
        value: 'retry',
        action: 'Retry a delivery',
        description: 'Try a delivery again now',
      },
      {
        name: 'Skip If Done',
        value: 'skipIfDone',
        action: 'Skip a delivery if done',
        description:
          'Let an event pass unless it is done already; Report Outcome says so at the end',
      },
    ],
    default: 'getAll',
  },
  operations: { cancel, get, getAll: getMany, replay, reportOutcome, retry, skipIfDone },
};
