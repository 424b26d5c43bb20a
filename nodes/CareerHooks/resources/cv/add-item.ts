import { readJson } from '../../fields/json';
import type { Operation } from '../../operation';
import { changeCv } from './change';
import { sectionsWith } from './sections';

/** Adds an item to a list of the CV, or an account. */
export const addItem: Operation = {
  properties: [
    {
      displayName: 'Section',
      name: 'section',
      type: 'options',
      options: sectionsWith({
        name: 'Social Media',
        value: 'socialMedia',
        description: 'Accounts by network',
      }),
      default: 'workExperience',
      description: 'The list to add to',
    },
    {
      displayName: 'Data',
      name: 'data',
      type: 'json',
      default: '{}',
      required: true,
      description:
        'The item with its ID, or a list of items; for Social Media, accounts by network. An ID that is there already is refused.',
    },
  ],
  async run(context, item) {
    return changeCv(context, item, {
      action: 'add',
      section: context.getNodeParameter('section', item) as string,
      data: readJson(context, {
        value: context.getNodeParameter('data', item),
        label: 'Data',
        item,
      }),
    });
  },
};
