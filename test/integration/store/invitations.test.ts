import {
  createInvitation,
  findKey,
  listInvitations,
  redeemInvitation,
  revokeInvitation,
  type Store,
} from '@careerhooks/store';
import { rowsOf } from '../../../store/src/sql';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';
import { HOUR } from './fixtures';

const WANTED = {
  system: 'roleready',
  user: 'user_1',
  scopes: ['manage' as const],
  lifetimeMs: HOUR,
};

describe.each(DATABASES)('invitations on %s', (name) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await createDatabase(name);
    store = await database.open();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await database.drop();
  });

  const later = (ms: number): void => {
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + ms);
  };

  it('make the key that they are for, which lets its holder in', async () => {
    const { invitation, code } = await createInvitation(store, WANTED);
    expect(invitation.expiresAt - invitation.createdAt).toBe(HOUR);
    const { key, token } = (await redeemInvitation(store, code))!;
    expect(key).toMatchObject({ system: 'roleready', user: 'user_1', scopes: ['manage'] });
    expect(await findKey(store, token)).toEqual(key);
    const [listed] = (await listInvitations(store, { limit: 5 })).data;
    expect(listed).toMatchObject({ id: invitation.id, keyId: key.id });
    expect(listed?.redeemedAt).not.toBeNull();
  });

  it('make one, also where several redeem one at the same time in two processes', async () => {
    const { code } = await createInvitation(store, WANTED);
    const other = await database.open();
    const made = await Promise.all(
      [store, other, store, other, store].map((on) => redeemInvitation(on, code)),
    );
    expect(made.filter((one) => one !== undefined)).toHaveLength(1);
    expect(await rowsOf(store.read, 'select id from api_keys')).toHaveLength(1);
    expect(await redeemInvitation(store, code)).toBeUndefined();
  });

  it('make none once they have expired or were revoked, nor for another code', async () => {
    const revoked = await createInvitation(store, WANTED);
    expect(await revokeInvitation(store, revoked.invitation.id)).toMatchObject({
      revokedAt: expect.any(Number) as number,
    });
    expect(await redeemInvitation(store, revoked.code)).toBeUndefined();
    const { code } = await createInvitation(store, WANTED);
    expect(await redeemInvitation(store, `${code}x`)).toBeUndefined();
    expect(await redeemInvitation(store, revoked.invitation.id)).toBeUndefined();
    later(HOUR);
    expect(await redeemInvitation(store, code)).toBeUndefined();
    expect(await rowsOf(store.read, 'select id from api_keys')).toEqual([]);
  });

  it('keep no code, and are listed for thirty days after their end', async () => {
    const { invitation, code } = await createInvitation(store, WANTED);
    const rows = JSON.stringify(await rowsOf(store.read, 'select * from invitations'));
    expect(rows).not.toContain(code.slice(4));
    later(31 * 24 * HOUR);
    const { invitation: next } = await createInvitation(store, WANTED);
    const listed = (await listInvitations(store, { limit: 5 })).data.map(({ id }) => id);
    expect(listed).toEqual([next.id]);
    expect(await revokeInvitation(store, invitation.id)).toBeUndefined();
  });
});
