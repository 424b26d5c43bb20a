import { readJson } from '../../fields/json';
import type { Operation } from '../../operation';
import { changeCv } from './change';

/** Changes fields of a section, or items in it. */
export const updateSection: Operation = {
  properties: [
    {
      displayName: 'Section',
      name: 'section',
      type: 'options',
      options: [
        {
          name: 'Personal Info',
          value: 'personalInfo',
          description: 'Data holds the fields to change',
        },
        { name: 'Projects', value: 'projects', description: 'Data holds items with their ID' },
        { name: 'Skills', value: 'skills', description: 'Data holds categories with their ID' },
        {
          name: 'Social Media',
          value: 'socialMedia',
          description: 'Data holds accounts by network',
        },
        {
          name: 'Work Experience',
          value: 'workExperience',
          description: 'Data holds positions with their ID',
        },
      ],
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
        'What to change, such as {"title": "Senior Engineer"}. Fields that are left out stay as they are. In a list, an item that is there already is told by its ID; others are added.',
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
