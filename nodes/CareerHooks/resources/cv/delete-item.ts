import { readNames } from '../../fields/names';
import { type Operation, output } from '../../operation';
import { changeCv } from './change';
import { sectionsWith } from './sections';

/** Deletes items of a list, accounts or repositories. */
export const deleteItem: Operation = {
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
      description: 'The list to delete from',
    },
    {
      displayName: 'IDs',
      name: 'ids',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. job-2019, job-2021',
      description: 'What to delete, with commas between several',
    },
  ],
  async run(context, item) {
    const value: unknown = context.getNodeParameter('ids', item);
    const ids = readNames(context, { value, label: 'IDs', item });
    const section = context.getNodeParameter('section', item) as string;
    const [changed] = await changeCv(context, item, { action: 'delete', section, data: { ids } });
    return output({ deleted: true, ...changed?.json });
  },
};
