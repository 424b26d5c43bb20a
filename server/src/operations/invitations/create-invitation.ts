import { createInvitation } from '@careerhooks/store';
import { invitationLink } from '../../connect-page';
import { invitationWithUrlExample, newInvitationExample } from '../../examples/invitation';
import { defineOperation } from '../../operation';
import { presentInvitation } from '../../present/present-invitation';
import { invitationWithUrlOut, newInvitation } from '../../schemas/invitation';
import { requirePossibleUser } from '../../systems/require-possible-user';
import { requireSystem } from '../../systems/require-system';

export const createInvitationOperation = defineOperation({
  id: 'createInvitation',
  method: 'post',
  path: '/v1/invitations',
  tag: 'Keys',
  summary: 'Invite somebody to make a key',
  description:
    'For whoever is to have a key and no admin token: the link in the answer leads to a page that makes the key, once, and shows its token to nobody else.',
  access: 'admin',
  body: newInvitation,
  bodyExamples: { example: newInvitationExample },
  responses: {
    '201': {
      description: 'The invitation and its link',
      schema: invitationWithUrlOut,
      examples: { example: invitationWithUrlExample },
    },
  },
  problems: ['unknown_system'],
  async handle({ body, origin }, { store }) {
    requirePossibleUser(requireSystem(body.system), body.user);
    const { invitation, code } = await createInvitation(store, {
      system: body.system,
      user: body.user ?? null,
      scopes: body.scopes,
      lifetimeMs: body.expires_in_seconds * 1000,
    });
    const url = invitationLink(origin(), code);
    return { status: 201, json: { ...presentInvitation(invitation), url } };
  },
});
