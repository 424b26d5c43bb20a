import { listInvitations } from '@careerhooks/store';
import { z } from 'zod';
import { invitationExample } from '../../examples/invitation';
import { defineOperation } from '../../operation';
import { presentInvitation } from '../../present/present-invitation';
import { presentList } from '../../present/present-list';
import { page, pageQuery } from '../../schemas/common';
import { invitationOut } from '../../schemas/invitation';

export const listInvitationsOperation = defineOperation({
  id: 'listInvitations',
  method: 'get',
  path: '/v1/invitations',
  tag: 'Keys',
  summary: 'List invitations, newest first',
  description:
    'Also those that were redeemed or revoked, or have expired less than 30 days ago; none with its link.',
  access: 'admin',
  query: z.strictObject(pageQuery),
  responses: {
    '200': {
      description: 'A page of invitations',
      schema: page('InvitationPage', invitationOut),
      examples: { example: { data: [invitationExample], next_cursor: null } },
    },
  },
  async handle({ query }, { store }) {
    return {
      status: 200,
      json: presentList(await listInvitations(store, query), presentInvitation),
    };
  },
});
