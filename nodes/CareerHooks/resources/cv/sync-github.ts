import { readNames } from '../../fields/names';
import type { Operation } from '../../operation';
import { changeCv } from './change';

/** Has CareerHooks fetch repositories from GitHub into the CV; it goes on after the answer. */
export const syncGitHub: Operation = {
  properties: [
    {
      displayName: 'GitHub User',
      name: 'username',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. octocat',
      description: 'The user or organisation whose repositories these are',
    },
    {
      displayName: 'Repositories',
      name: 'repositories',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. portfolio, notes',
      description: 'Their names, with commas between them. They replace those that the CV has.',
    },
  ],
  async run(context, item) {
    return changeCv(context, item, {
      action: 'sync',
      section: 'github',
      data: {
        username: context.getNodeParameter('username', item),
        repositories: readNames(context, {
          value: context.getNodeParameter('repositories', item),
          label: 'Repositories',
          item,
        }),
      },
    });
  },
};
