import type { INodeProperties } from 'n8n-workflow';

/** The system that something belongs to; only the admin token has a choice. */
export const systemField: INodeProperties = {
  displayName: 'System Name or ID',
  name: 'system',
  type: 'options',
  typeOptions: { loadOptionsMethod: 'loadSystems' },
  default: '',
  description:
    'The product that this belongs to; with a key it is the key\'s own. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};
