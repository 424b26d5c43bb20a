import { type CvBackup, listCvBackups } from '@careerhooks/store';
import { z } from 'zod';
import { defineOperation } from '../../operation';
import { presentList } from '../../present/present-list';
import { isoTime } from '../../present/times';
import { page, timeOut } from '../../schemas/common';
import { pageQuery } from './fields';

const backupOut = z
  .object({
    id: z.string().meta({ description: 'Id of the backup' }),
    version: z.number().int().meta({ description: 'Of the CV that it is; 0 for the empty one' }),
    change_id: z.string().meta({ description: 'Id of the change that it was made before' }),
    created_at: timeOut.meta({ description: 'When it was made' }),
  })
  .meta({ id: 'CvBackup', description: 'The CV as it was before a change' });

export const listBackupsOperation = defineOperation({
  id: 'cvListBackups',
  method: 'get',
  path: '/api/cv/backups',
  tag: 'CV',
  summary: 'List earlier versions of the CV, newest first',
  description: 'The last 200, without their content.',
  access: 'any',
  query: pageQuery,
  responses: {
    '200': {
      description: 'A page of backups',
      schema: page('CvBackupPage', backupOut),
      examples: {
        example: {
          data: [
            {
              id: '0192f0c4-a7b1-7c3e-8d21-5a4c8d10b0e1',
              version: 6,
              change_id: 'wh_0192f0c4a7b17c3e8d21',
              created_at: '2026-11-24T09:30:00.000Z',
            },
          ],
          next_cursor: null,
        },
      },
    },
  },
  async handle({ query }, { store }) {
    return { status: 200, json: presentList(await listCvBackups(store, query), presentBackup) };
  },
});

function presentBackup(backup: CvBackup): z.output<typeof backupOut> {
  const { id, version, changeId, createdAt } = backup;
  return { id, version, change_id: changeId, created_at: isoTime(createdAt) };
}
