import { readNumber } from '../../fields/number';
import type { Operation } from '../../operation';
import { changeCv } from './change';
import { sectionsWith } from './sections';

/** Puts an item of a list, an account or a repository at another place. */
export const moveItem: Operation = {
  properties: [
    {
      displayName: 'Section',
      name: 'section',
      type: 'options',
      options: sectionsWith(
        { name: 'GitHub', value: 'github', description: 'Repositories, by their name' },
        { name: 'Social Media', value: 'socialMedia', description: 'Accounts, by their network' },
      ),
      default: 'workExperience',
      description: 'The list to arrange. From then on it stays in this order, not newest first.',
    },
    {
      displayName: 'ID',
      name: 'id',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. job-2019',
      description: 'What to move',
    },
    {
      displayName: 'Position',
      name: 'position',
      type: 'number',
      typeOptions: { minValue: 1, maxValue: 200 },
      default: 1,
      required: true,
      description: 'Where to put it; 1 is the first',
    },
  ],
  async run(context, item) {
    const value: unknown = context.getNodeParameter('position', item);
    return changeCv(context, item, {
      action: 'move',
      section: context.getNodeParameter('section', item) as string,
      data: {
        id: context.getNodeParameter('id', item),
        position: readNumber(context, { value, label: 'Position', item, min: 1, max: 200 }),
      },
    });
  },
};
