import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  createKey,
  createSealer,
  generateMasterKey,
  getEndpoint,
  liveKeys,
  openSettings,
  resealAll,
  type Store,
} from '@careerhooks/store';
import { rowsOf } from '../../../store/src/sql';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';
import { register, SECRETS } from './fixtures';

const CHALLENGE = 'the-challenge-to-echo';
const HEADERS = { authorization: 'Bearer the-receivers-own-token' };

describe.each(DATABASES)('secrets on %s', (name) => {
  const [oldKey, newKey] = [generateMasterKey(), generateMasterKey()];
  let database: TestDatabase;
  let store: Store;

  beforeEach(async () => {
    database = await createDatabase(name);
    store = await database.open([oldKey]);
  });
  afterEach(() => database.drop());

  const registerWithSecrets = (on: Store, url = 'https://receiver.example/hook') =>
    register(on, { url, destinationSettings: HEADERS, challenge: CHALLENGE });

  async function secretsOf(on: Store, id: string): Promise<unknown> {
    const endpoint = (await getEndpoint(on, id))!;
    return {
      keys: await liveKeys(on, id),
      headers: openSettings(on.sealer, endpoint),
      challenge: on.sealer.open(endpoint.challengeSealed!, `endpoints/${id}/challenge`),
    };
  }

  test('open under an older master key while a new one seals', async () => {
    const before = await registerWithSecrets(store);
    const rotating = await database.open([newKey, oldKey]);
    const after = await registerWithSecrets(rotating, 'https://after.example');
    for (const { id } of [before, after]) {
      expect(await secretsOf(rotating, id)).toEqual({
        keys: [SECRETS],
        headers: HEADERS,
        challenge: CHALLENGE,
      });
    }
    // The older key is still needed.
    await expect(database.open([newKey])).rejects.toMatchObject({ code: 'master_key_unknown' });
  });

  test('are sealed again, once, after which the older master key can go', async () => {
    const endpoint = await registerWithSecrets(store);
    const secrets = await secretsOf(store, endpoint.id);
    const rotating = await database.open([newKey, oldKey]);
    // The check, the headers, the challenge and the keys.
    expect(await resealAll(rotating)).toBe(4);
    expect(await resealAll(rotating)).toBe(0);
    const rotated = await database.open([newKey]);
    expect(await secretsOf(rotated, endpoint.id)).toEqual(secrets);
    await expect(database.open([oldKey])).rejects.toMatchObject({ code: 'master_key_unknown' });
  });

  test('are sealed again beside traffic', async () => {
    const endpoints = [];
    for (let count = 0; count < 20; count += 1) {
      endpoints.push(await registerWithSecrets(store, `https://${count}.example`));
    }
    const rotating = await database.open([newKey, oldKey]);
    await Promise.all([
      resealAll(rotating),
      ...Array.from({ length: 20 }, (_, count) =>
        registerWithSecrets(store, `https://more-${count}.example`),
      ),
    ]);
    await resealAll(rotating);
    const rotated = await database.open([newKey]);
    for (const { id } of endpoints) {
      expect(await secretsOf(rotated, id)).toMatchObject({ keys: [SECRETS], headers: HEADERS });
    }
  });

  test('do not open in another row, or in another column', async () => {
    const [one, other] = [
      await registerWithSecrets(store),
      await registerWithSecrets(store, 'https://other.example'),
    ];
    await store.write.run(
      `update endpoint_keys set sealed = (select sealed from endpoint_keys where endpoint_id = ?)
       where endpoint_id = ?`,
      [one.id, other.id],
    );
    const damaged = expect.objectContaining({ code: 'sealed_value_damaged' }) as Error;
    await expect(liveKeys(store, other.id)).rejects.toEqual(damaged);
    const swapped = { id: one.id, settingsSealed: one.challengeSealed };
    expect(() => openSettings(store.sealer, swapped)).toThrow(damaged);
  });

  test('a value sealed under another database’s key is named as such', () => {
    const stranger = createSealer([newKey]).seal('text', 'row');
    expect(() => store.sealer.open(stranger, 'row')).toThrow(
      expect.objectContaining({ code: 'master_key_unknown' }) as Error,
    );
  });

  test('stand nowhere in the database as plain text', async () => {
    await registerWithSecrets(store);
    const { token } = await createKey(store, { system: 'cv', user: null, scopes: ['publish'] });
    const bytes = await storedBytes();
    expect(bytes.includes('https://receiver.example/hook')).toBe(true);
    for (const secret of [
      SECRETS.secret,
      SECRETS.signingKey,
      ...Object.values(HEADERS),
      CHALLENGE,
      token,
      token.slice('chk_'.length),
      oldKey,
    ]) {
      expect(bytes.includes(secret)).toBe(false);
      expect(bytes.includes(Buffer.from(secret).toString('base64').slice(0, -4))).toBe(false);
    }
  });

  /** SQLite's files, its write-ahead log among them; on PostgreSQL all that its tables hold. */
  async function storedBytes(): Promise<Buffer> {
    if ('file' in database.location) {
      const folder = dirname(database.location.file);
      const files = await readdir(folder);
      expect(files).toContain('careerhooks.db-wal');
      return Buffer.concat(await Promise.all(files.map((file) => readFile(join(folder, file)))));
    }
    const tables = await rowsOf<{ name: string }>(
      store.read,
      "select table_name as name from information_schema.tables where table_schema = 'public'",
    );
    const contents = await Promise.all(
      tables.map(({ name: table }) => store.read.run(`select t::text from ${table} t`)),
    );
    return Buffer.from(JSON.stringify(contents));
  }
});
