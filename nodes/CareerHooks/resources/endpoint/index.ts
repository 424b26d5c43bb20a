import type { Resource } from '../../operation';
import { create } from './create';
import { deleteEndpoint } from './delete';
import { get } from './get';
import { getMany } from './get-many';
import { pause } from './pause';
import { resume } from './resume';
import { rotateSecret } from './rotate-secret';
import { sendTest } from './send-test';
import { update } from './update';
import { verify } from './verify';

export const endpoint: Resource = {
  selector: {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['endpoint'] } },
    options: [
      {
        name: 'Create',
        value: 'create',
        action: 'Create an endpoint',
        description: 'Register a URL that gets events',
      },
      {
        name: 'Delete',
        value: 'delete',
        action: 'Delete an endpoint',
        description: 'Delete an endpoint and cancel what it had not got yet',
      },
      {
        name: 'Get',
        value: 'get',
        action: 'Get an endpoint',
        description: 'Get one endpoint as it is now',
      },
      {
        name: 'Get Many',
        value: 'getAll',
        action: 'Get many endpoints',
        description: 'Get endpoints, the newest first',
      },
      {
        name: 'Pause',
        value: 'pause',
        action: 'Pause an endpoint',
        description: 'Hold its deliveries until it is resumed, for 24 hours at most',
      },
      {
        name: 'Resume',
        value: 'resume',
        action: 'Resume an endpoint',
        description: 'Deliver again, what was held first',
      },
      {
        name: 'Rotate Secret',
        value: 'rotateSecret',
        action: 'Rotate the secret of an endpoint',
        description: 'Replace its secret, while the old one signs along for a while',
      },
      {
        name: 'Send Test',
        value: 'sendTest',
        action: 'Send a test to an endpoint',
        description: 'Send the example of an event, once, and see the answer',
      },
      {
        name: 'Update',
        value: 'update',
        action: 'Update an endpoint',
        description: 'Change its URL, its events or how it is delivered to',
      },
      {
        name: 'Verify',
        value: 'verify',
        action: 'Verify an endpoint',
        description: 'Challenge a pending URL again, or prove it by hand',
      },
    ],
    default: 'getAll',
  },
  operations: {
    create,
    delete: deleteEndpoint,
    get,
    getAll: getMany,
    pause,
    resume,
    rotateSecret,
    sendTest,
    update,
    verify,
  },
};
