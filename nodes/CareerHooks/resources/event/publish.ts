import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { callApi, given } from '../../../api/call';
import { readJson } from '../../fields/json';
import { systemField } from '../../fields/system';
import { type Operation, output } from '../../operation';

/** Publishes an event, which CareerHooks delivers to all endpoints that asked for its type. */
export const publish: Operation = {
  properties: [
    systemField,
    {
      displayName: 'Event Type Name or ID',
      name: 'type',
      type: 'options',
      typeOptions: { loadOptionsMethod: 'loadEventTypes', loadOptionsDependsOn: ['system'] },
      default: '',
      required: true,
      description:
        'What has happened. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
    },
    {
      displayName: 'User',
      name: 'user',
      type: 'string',
      default: '',
      placeholder: 'e.g. user_123',
      description:
        "The product's ID of the user to whom it happened. Leave empty only where the token stands for one user.",
    },
    {
      displayName: 'Specify Data',
      name: 'specifyData',
      type: 'options',
      options: [
        {
          name: 'Using Fields Below',
          value: 'fields',
          description: 'The fields of this event type, filled in with an example to start from',
        },
        {
          name: 'Using JSON',
          value: 'json',
          description: 'An object, which may have more fields than are documented',
        },
      ],
      default: 'fields',
      description: 'How the data of the event is given',
    },
    {
      displayName: 'Data',
      name: 'fields',
      type: 'resourceMapper',
      displayOptions: { show: { specifyData: ['fields'] } },
      noDataExpression: true,
      default: { mappingMode: 'defineBelow', value: null },
      required: true,
      description: 'What the event tells',
      typeOptions: {
        loadOptionsDependsOn: ['system', 'type'],
        resourceMapper: {
          resourceMapperMethod: 'loadDataFields',
          mode: 'add',
          valuesLabel: 'Data (an Example to Start From)',
          fieldWords: { singular: 'field', plural: 'fields' },
          addAllFields: true,
          supportAutoMap: false,
        },
      },
    },
    {
      displayName: 'Data',
      name: 'data',
      type: 'json',
      displayOptions: { show: { specifyData: ['json'] } },
      default: '{}',
      required: true,
      description:
        'What the event tells, as an object. CareerHooks checks it against what the system documents for this event type.',
    },
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add Option',
      default: {},
      options: [
        {
          displayName: 'Event ID',
          name: 'id',
          type: 'string',
          default: '',
          placeholder: 'e.g. order-2041-paid',
          description:
            'Your own ID of the event. Publishing it again changes nothing, so that a workflow that is repeated sends nothing twice.',
        },
        {
          displayName: 'Previous Attributes',
          name: 'previous_attributes',
          type: 'json',
          default: '{}',
          description: 'For an update: the fields that changed, as they were before',
        },
      ],
    },
  ],
  async run(context, item) {
    const { previous_attributes: previous, ...options } = context.getNodeParameter(
      'options',
      item,
      {},
    );
    const body = given({
      system: context.getNodeParameter('system', item),
      type: context.getNodeParameter('type', item),
      user: context.getNodeParameter('user', item),
      data: readData(context, item),
      ...options,
      ...(previous !== undefined && {
        previous_attributes: readJson(context, {
          value: previous,
          label: 'Previous Attributes',
          item,
        }),
      }),
    });
    return output(await callApi(context, { method: 'POST', path: '/v1/events', body, item }));
  },
};

function readData(context: IExecuteFunctions, item: number): IDataObject {
  if (context.getNodeParameter('specifyData', item) === 'fields') {
    const filled = context.getNodeParameter('fields.value', item, {}) as IDataObject | null;
    // What a person emptied or removed is not part of the event.
    return Object.fromEntries(Object.entries(filled ?? {}).filter(([, value]) => value !== null));
  }
  return readJson(context, {
    value: context.getNodeParameter('data', item),
    label: 'Data',
    item,
  });
}
