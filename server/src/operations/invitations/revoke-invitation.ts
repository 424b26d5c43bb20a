import { revokeInvitation } from '@careerhooks/store';
import { z } from 'zod';
import { invitationExample } from '../../examples/invitation';
import { defineOperation } from '../../operation';
import { presentInvitation } from '../../present/present-invitation';
import { Problem } from '../../problems/problem';
import { shortText } from '../../schemas/common';
import { invitationOut } from '../../schemas/invitation';

export const revokeInvitationOperation = defineOperation({
  id: 'revokeInvitation',
  method: 'delete',
  path: '/v1/invitations/{id}',
  tag: 'Keys',
  summary: 'Revoke an invitation at once',
  description:
    'Its link makes no key from now on. A key that it has made already stays: revoke that one by its `key_id`.',
  access: 'admin',
  params: z.object({ id: shortText(64).meta({ description: 'Id of the invitation' }) }),
  responses: {
    '200': {
      description: 'The invitation, revoked',
      schema: invitationOut,
      examples: { example: { ...invitationExample, revoked_at: '2026-11-24T10:00:00.000Z' } },
    },
  },
  problems: ['not_found'],
  async handle({ params }, { store }) {
    const invitation = await revokeInvitation(store, params.id);
    if (invitation === undefined) {
      throw new Problem('not_found', `There is no invitation ${params.id}.`);
    }
    return { status: 200, json: presentInvitation(invitation) };
  },
});
