import { readJson } from '../../fields/json';
import type { Operation } from '../../operation';
import { changeCv } from './change';
import { sectionsWith } from './sections';

/** Changes fields of a section, or items in it. */
export const updateSection: Operation = {
  properties: [
    {
      displayName: 'Section',
      name: 'section',
      type: 'options',
      options: sectionsWith(
        {
          name: 'Personal Info',
          value: 'personalInfo',
          description: 'Data holds the fields to change',
        },
        {
          name: 'Social Media',
          value: 'socialMedia',
          description: 'Data holds accounts by network',
        },
      ),
      default: 'personalInfo',
      description: 'The part of the CV to change',
    },
    {
      displayName: 'Data',
      name: 'data',
      type: 'json',
      default: '{}',
      required: true,
      description:
        'What to change, such as {"title": "Senior Engineer"}. Fields that are left out stay as they are; null or empty text clears one. In a list, an item that is there already is told by its ID; others are added.',
    },
  ],
  async run(context, item) {
    return changeCv(context, item, {
      action: 'update',
      section: context.getNodeParameter('section', item) as string,
      data: readJson(context, {
        value: context.getNodeParameter('data', item),
        label: 'Data',
        item,
      }),
    });
  },
};
