import type { INodeProperties } from 'n8n-workflow';

/** The fields of the trigger, in the order in which a person fills them in. */
export const properties: INodeProperties[] = [
  {
    displayName: 'System Name or ID',
    name: 'system',
    type: 'options',
    typeOptions: { loadOptionsMethod: 'loadSystems' },
    default: '',
    description:
      'The product whose events start the workflow; with a key it is the key\'s own. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
  },
  {
    displayName: 'Event Names or IDs',
    name: 'events',
    type: 'multiOptions',
    typeOptions: { loadOptionsMethod: 'loadEventPatterns', loadOptionsDependsOn: ['system'] },
    default: [],
    required: true,
    description:
      'What starts the workflow. "All … Events" takes a whole group, also what is added to it later. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
  },
  {
    displayName: 'Counts as Delivered',
    name: 'acknowledge',
    type: 'options',
    options: [
      {
        name: 'When the Workflow Has Succeeded',
        value: 'lastNode',
        description:
          'CareerHooks tries again until the workflow has succeeded: also after it failed, and after n8n was killed in the middle of it',
      },
      {
        name: 'When It Has Arrived',
        value: 'onReceived',
        description:
          'CareerHooks never runs the workflow again for this event: what fails, or is killed with n8n or with one of its workers, stays undone',
      },
    ],
    default: 'lastNode',
    description:
      'When CareerHooks stops trying to deliver an event. A workflow that takes longer than the timeout (120 seconds, unless the options below say otherwise) has not succeeded, and is run again.',
    hint: 'Only "When the Workflow Has Succeeded" runs it again where it failed, or was killed.',
  },
  {
    displayName: 'Retries',
    name: 'schedule',
    type: 'options',
    options: [
      {
        name: 'Keep Trying for 24 Hours',
        value: 'extended',
        description:
          '5 s, 5 min, 30 min, 2 h, 5 h and 10 h after each other: outlasts restarts of n8n',
      },
      {
        name: 'As the System Documents',
        value: 'system',
        description: 'For some seconds: what happens while n8n is down is lost',
      },
    ],
    default: 'extended',
    description: 'How long an event is kept that was not delivered',
  },
  {
    displayName: 'Simplify',
    name: 'simplify',
    type: 'boolean',
    default: true,
    description: 'Whether to return a simplified version of the response instead of the raw data',
    hint: 'Simplified, every system\'s events have the same fields, with their data under "data". Otherwise "body" is the whole body as the system documents it.',
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add Option',
    default: {},
    options: [
      {
        displayName: 'Description',
        name: 'description',
        type: 'string',
        default: '',
        description: 'What CareerHooks shows for this trigger, instead of the name of the workflow',
      },
      {
        displayName: 'Hold When Unpublished (Minutes)',
        name: 'holdMinutes',
        type: 'number',
        typeOptions: { minValue: 0, maxValue: 1440 },
        default: 15,
        description:
          'How long CareerHooks keeps events for this trigger after it is unpublished, or while it is changed. After that they are cancelled.',
      },
      {
        displayName: 'In Order',
        name: 'ordered',
        type: 'boolean',
        default: false,
        description:
          'Whether an event waits until the one before it was delivered. One that fails then holds up the rest.',
      },
      {
        displayName: 'Maximum Retries',
        name: 'maxRetries',
        type: 'number',
        typeOptions: { minValue: 0, maxValue: 20 },
        default: 3,
        description: 'How many attempts follow the first one, instead of what Retries says',
      },
      {
        displayName: 'Timeout (Seconds)',
        name: 'timeout',
        type: 'number',
        typeOptions: { minValue: 1, maxValue: 120 },
        default: 120,
        description:
          'How long an attempt waits for n8n, up to 120 seconds. With Retries "As the System Documents", it is what the list of systems says unless you set it, and at most what the system allows.',
      },
      {
        displayName: 'User',
        name: 'user',
        type: 'string',
        default: '',
        placeholder: 'e.g. user_123',
        description:
          "The product's ID of a user whose events alone start the workflow. Empty for all users that the token may see.",
      },
    ],
  },
];
