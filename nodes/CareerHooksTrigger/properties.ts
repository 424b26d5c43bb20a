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
    displayName: 'Acknowledge',
    name: 'acknowledge',
    type: 'options',
    options: [
      {
        name: 'At Once',
        value: 'onReceived',
        description: 'The delivery counts as done as soon as n8n has it',
      },
      {
        name: 'When the Workflow Has Succeeded',
        value: 'lastNode',
        description: 'A workflow that fails is started again by the next attempt',
      },
    ],
    default: 'onReceived',
    description:
      "When n8n tells CareerHooks that the event has arrived. After the workflow, all of it has to finish within the system's timeout: 5 seconds for the Proposal Generator, 30 for ResumeBuilder, 10 for the others, unless Timeout below says otherwise. A workflow that takes longer counts as failed and is started again.",
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
    description: 'How long an event is kept that n8n did not take',
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
        displayName: 'In Order',
        name: 'ordered',
        type: 'boolean',
        default: false,
        description:
          'Whether an event waits until the one before it has arrived. One that fails then holds up the rest.',
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
        typeOptions: { minValue: 1, maxValue: 30 },
        default: 10,
        description:
          "How long an attempt waits for n8n's answer. At most 10 for RoleReady, 30 for the others.",
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
