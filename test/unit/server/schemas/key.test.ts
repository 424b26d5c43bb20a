import { newInvitation } from '../../../../server/src/schemas/invitation';
import { newKey } from '../../../../server/src/schemas/key';

const WANTED = { system: 'pathfinder', user: 'user_7', scopes: ['manage'] };

describe.each([
  ['a key', newKey],
  ['an invitation', newInvitation],
])('%s', (_, schema) => {
  test.each([' ', '\u00a0 ', '\u3000'])('is for no user who is blank: %j', (user) => {
    expect(schema.safeParse({ ...WANTED, user }).success).toBe(false);
  });

  test('may do each thing once', () => {
    const { scopes } = schema.parse({ ...WANTED, scopes: ['manage', 'manage'] });
    expect(scopes).toEqual(['manage']);
    expect(schema.parse({ ...WANTED, scopes: ['publish', 'manage'] }).scopes).toHaveLength(2);
  });
});
