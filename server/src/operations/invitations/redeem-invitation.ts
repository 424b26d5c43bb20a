import { redeemInvitation } from '@careerhooks/store';
import { invitationCodeExample } from '../../examples/invitation';
import { keyWithTokenExample } from '../../examples/key';
import { defineOperation } from '../../operation';
import { presentKey } from '../../present/present-key';
import { Problem } from '../../problems/problem';
import { invitationCode } from '../../schemas/invitation';
import { keyWithTokenOut } from '../../schemas/key';

export const redeemInvitationOperation = defineOperation({
  id: 'redeemInvitation',
  method: 'post',
  path: '/v1/invitations/redeem',
  tag: 'Keys',
  summary: 'Make the key that one was invited to make',
  description:
    'What the page behind the link does. Of each invitation there is one key. Wrong codes count with wrong tokens: 20 a minute from an address.',
  access: 'public',
  body: invitationCode,
  bodyExamples: { example: invitationCodeExample },
  responses: {
    '201': {
      description: 'The key and its token',
      schema: keyWithTokenOut,
      examples: { example: keyWithTokenExample },
    },
  },
  problems: ['wrong_invitation', 'rate_limited', 'database_unavailable'],
  async handle({ body, tryOut }, { store }) {
    const made = await tryOut(body.code, () => redeemInvitation(store, body.code));
    if (made === undefined) {
      throw new Problem(
        'wrong_invitation',
        'This link was used, was revoked, has expired, or is not whole. Ask for another one.',
      );
    }
    return { status: 201, json: { ...presentKey(made.key), token: made.token } };
  },
});
