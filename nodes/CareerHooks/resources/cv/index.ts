import type { Resource } from '../../operation';
import { addItem } from './add-item';
import { deleteItem } from './delete-item';
import { downloadPdf } from './download-pdf';
import { get } from './get';
import { moveItem } from './move-item';
import { syncGitHub } from './sync-github';
import { updateSection } from './update-section';

export const cv: Resource = {
  selector: {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['cv'] } },
    options: [
      {
        name: 'Add Item',
        value: 'addItem',
        action: 'Add an item to the CV',
        description: 'Add a position, a project, a language or another item, or an account',
      },
      {
        name: 'Delete Item',
        value: 'deleteItem',
        action: 'Delete an item of the CV',
        description: 'Delete items of a list, accounts or repositories',
      },
      {
        name: 'Download PDF',
        value: 'downloadPdf',
        action: 'Download the CV as a PDF',
        description: 'Get the newest PDF of the CV as a file',
      },
      {
        name: 'Get',
        value: 'get',
        action: 'Get the CV',
        description: 'Get all sections of the CV',
      },
      {
        name: 'Move Item',
        value: 'moveItem',
        action: 'Move an item of the CV',
        description: 'Put an item of a list, an account or a repository at another place',
      },
      {
        name: 'Sync GitHub',
        value: 'syncGitHub',
        action: 'Sync repositories into the CV',
        description: 'Fetch repositories from GitHub into the CV',
      },
      {
        name: 'Update Section',
        value: 'updateSection',
        action: 'Update a section of the CV',
        description: 'Change fields of a section, or items in it',
      },
    ],
    default: 'get',
  },
  operations: { addItem, deleteItem, downloadPdf, get, moveItem, syncGitHub, updateSection },
};
