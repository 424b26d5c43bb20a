import type { IDataObject } from 'n8n-workflow';
import { callApi, given } from '../../../api/call';
import { readNames } from '../../fields/names';
import { withSecrets } from '../../fields/secrets';
import { systemField } from '../../fields/system';
import { type Operation, output } from '../../operation';
import { readSettings, settingFields } from './settings';

/** Registers a URL; the answer holds its secrets, where no model reads it. */
export const create: Operation = {
  properties: [
    systemField,
    {
      displayName: 'URL',
      name: 'url',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. https://hooks.example.com/careerhooks',
      description:
        'Where events are sent. Registering the same URL again changes what is there. The CareerHooks Trigger registers itself.',
    },
    {
      displayName: 'Event Names or IDs',
      name: 'events',
      type: 'multiOptions',
      typeOptions: { loadOptionsMethod: 'loadEventPatterns', loadOptionsDependsOn: ['system'] },
      default: [],
      required: true,
      description:
        'What is sent there. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
    },
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add Option',
      default: {},
      options: [
        ...settingFields,
        {
          displayName: 'User',
          name: 'user',
          type: 'string',
          default: '',
          placeholder: 'e.g. user_123',
          description: "The product's ID of a user whose events alone are sent",
        },
        {
          displayName: 'Verify',
          name: 'verify',
          type: 'boolean',
          default: true,
          description:
            'Whether the URL has to answer a challenge before it gets anything. Some systems always ask for it: their list says which.',
        },
      ],
    },
  ],
  async run(context, item) {
    const options = context.getNodeParameter('options', item, {});
    const body = given({
      system: context.getNodeParameter('system', item),
      url: context.getNodeParameter('url', item),
      events: readNames(context, {
        value: context.getNodeParameter('events', item),
        label: 'Event Names or IDs',
        item,
      }),
      ...readSettings(context, options, item),
    });
    const answer = await callApi<IDataObject>(context, {
      method: 'POST',
      path: '/v1/endpoints',
      body,
      item,
    });
    return output(withSecrets(context, answer));
  },
};
