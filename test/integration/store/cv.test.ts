import {
  claimCvChanges,
  commitCvChange,
  commitCvStep,
  cvStats,
  finishCvChange,
  getCv,
  getCvBackup,
  getCvChange,
  getCvPdf,
  listCvBackups,
  listCvChanges,
  listEvents,
  planCvChannels,
  purgeCvChanges,
  recordCvFailure,
  reopenCvChange,
  type Store,
} from '@careerhooks/store';
import { createDatabase, DATABASES, type TestDatabase } from '../../support/databases';
import { deliveries, passTime, register } from './fixtures';

describe.each(DATABASES)('the CV on %s', (name) => {
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

  const update = {
    action: 'update',
    section: 'skills',
    data: '[]',
    receivedAt: Date.now(),
  };
  const event = { type: 'cv.updated', data: { section: 'skills', ids: [] } };

  async function commit(document: string, more: { id?: string; signature?: string } = {}) {
    const committed = await commitCvChange(store, { ...update, ...more }, () => ({
      document,
      event,
      continues: true,
    }));
    return committed!;
  }
  const eventTypes = async () =>
    (await listEvents(store, {}, {}, { limit: 100 })).data.map(({ type }) => type).sort();

  test('what an older change brings late does not take the place of what a newer one brought', async () => {
    const older = await commit('{}');
    const newer = await commit('{}');
    const startedAt = Date.now() - 5_000;
    const bring = (id: string, document: string, since: number) =>
      commitCvStep(store, id, 'github', {
        change: () => document,
        startedAt: since,
        durationMs: 1,
      });
    expect(await bring(newer.id, '{"new":1}', startedAt)).toBe(true);
    expect(await bring(older.id, '{"old":1}', startedAt)).toBe(false);
    expect((await getCv(store))?.document).toBe('{"new":1}');
    expect((await getCvChange(store, older.id))?.steps.at(-1)).toMatchObject({
      step: 'github',
      status: 'skipped',
      notes: [`The later change ${newer.id} has done this already.`],
    });
  });

  test('a step that brings nothing new makes no version and no backup', async () => {
    const { id } = await commit('{"a":1}');
    await commitCvStep(store, id, 'github', { change: (document) => document, durationMs: 1 });
    expect((await getCv(store))?.version).toBe(1);
    expect((await listCvBackups(store, { limit: 10 })).data).toHaveLength(1);
  });

  test('an older change that is made again after a newer one is made', async () => {
    const older = await commit('{}');
    const newer = await commit('{}');
    const result = { change: () => '{"old":1}', durationMs: 1 };
    await commitCvStep(store, newer.id, 'github', { ...result, startedAt: Date.now() });
    const startedAt = Date.now() + 1_000;
    expect(await commitCvStep(store, older.id, 'github', { ...result, startedAt })).toBe(true);
  });

  test('a change, its backup, its row and its event are committed together', async () => {
    await commit('{"a":1}');
    const { id, version } = await commit('{"a":2}');
    expect(version).toBe(2);
    expect(await getCv(store)).toMatchObject({ version: 2, document: '{"a":2}' });
    const { data } = await listCvBackups(store, { limit: 1 });
    expect(data).toMatchObject([{ version: 1, changeId: id }]);
    expect(await getCvBackup(store, data[0]!.id)).toBe('{"a":1}');
    expect(await getCvChange(store, id)).toMatchObject({
      status: 'processing',
      steps: [{ step: 'database', status: 'completed' }],
    });
    expect(await eventTypes()).toEqual(['cv.updated', 'cv.updated']);
  });

  test('where it fails on our side, nothing of it stays, and its signature can come again', async () => {
    const broken = commitCvChange(store, { ...update, signature: 'one' }, () => {
      throw new Error('broken');
    });
    await expect(broken).rejects.toThrow('broken');
    expect((await listCvChanges(store, {}, { limit: 10 })).data).toEqual([]);
    expect(await commit('{}', { signature: 'one' })).toMatchObject({ version: 1 });
  });

  test('a signature counts once, also for another process, until its timestamp is no longer accepted', async () => {
    await commit('{}', { signature: 'one' });
    const other = await database.open();
    expect(
      await commitCvChange(other, { ...update, signature: 'one' }, () => ({
        document: 'x',
        continues: false,
      })),
    ).toBeUndefined();
    expect(await getCv(store)).toMatchObject({ version: 1, document: '{}' });
    passTime(16 * 60_000);
    await commit('{}', { signature: 'two' });
    expect(await commit('{}', { signature: 'one' })).toMatchObject({ version: 3 });
  });

  test('of changes at once, each sees the one before it', async () => {
    await Promise.all(
      Array.from({ length: 8 }, () =>
        commitCvChange(store, update, (document) => ({
          document: `${document}x`,
          continues: false,
        })),
      ),
    );
    expect(await getCv(store)).toMatchObject({ version: 8, document: 'xxxxxxxx' });
  });

  test('a change is claimed once, and again when its lease has run out', async () => {
    const { id } = await commit('{}');
    const claim = { limit: 10, leaseUntil: Date.now() + 5_000 };
    expect(await claimCvChanges(store, claim)).toEqual([
      { id, action: 'update', section: 'skills' },
    ]);
    expect(await claimCvChanges(store, claim)).toEqual([]);
    passTime(6_000);
    expect(await claimCvChanges(store, { limit: 10, leaseUntil: Date.now() + 5_000 })).toHaveLength(
      1,
    );
    expect(await finishCvChange(store, id, [])).toBe('completed');
    passTime(60_000);
    expect(await claimCvChanges(store, { limit: 10, leaseUntil: Date.now() })).toEqual([]);
  });

  test('a step is written once, with its event; a newer PDF stays', async () => {
    const { id } = await commit('{}');
    const pdf = { version: 5, content: Buffer.from([0, 255, 1]) };
    expect(await commitCvStep(store, id, 'pdf', { pdf, event, durationMs: 3 })).toBe(true);
    expect(await commitCvStep(store, id, 'pdf', { pdf, event, durationMs: 3 })).toBe(false);
    expect(await eventTypes()).toHaveLength(2);
    const later = await commit('{}');
    await commitCvStep(store, later.id, 'pdf', {
      pdf: { version: 4, content: Buffer.from('old') },
      durationMs: 1,
    });
    expect(await getCvPdf(store)).toMatchObject(pdf);
  });

  test('a step says what it could not do all of', async () => {
    const { id } = await commit('{}');
    await commitCvStep(store, id, 'pdf', {
      notes: ['no font for 山', 'none for 田'],
      durationMs: 1,
    });
    await commitCvStep(store, id, 'notification', { notes: [], durationMs: 1 });
    const notes = (await getCvChange(store, id))?.steps.map((made) => [made.step, made.notes]);
    expect(Object.fromEntries(notes ?? [])).toEqual({
      database: [],
      pdf: ['no font for 山', 'none for 田'],
      notification: [],
    });
  });

  test('a step that is given up fails the change, with an event; what is left of it can be made again', async () => {
    const { id } = await commit('{}');
    await recordCvFailure(store, id, 'github', {
      code: 'GITHUB_UNAVAILABLE',
      message: 'away',
      durationMs: 1,
    });
    await recordCvFailure(store, id, 'github', {
      code: 'GITHUB_UNAVAILABLE',
      message: 'away',
      durationMs: 1,
    });
    expect(await finishCvChange(store, id, ['github'])).toBe('failed');
    expect(await finishCvChange(store, id, ['github'])).toBe('failed');
    const failed = await getCvChange(store, id);
    expect(failed).toMatchObject({ status: 'failed', errorCode: 'GITHUB_UNAVAILABLE' });
    expect(failed?.steps[1]).toMatchObject({ step: 'github', status: 'failed', tries: 2 });
    expect(await eventTypes()).toEqual(['cv.update_failed', 'cv.updated']);
    expect(await reopenCvChange(store, id)).toBe(true);
    expect(await reopenCvChange(store, id)).toBe(false);
    await commitCvStep(store, id, 'github', { change: () => '{"synced":1}', durationMs: 1 });
    expect(await finishCvChange(store, id, [])).toBe('completed');
    expect(await getCv(store)).toMatchObject({ version: 2, document: '{"synced":1}' });
  });

  test('each channel is planned once, and told until it was told', async () => {
    const { id } = await commit('{}');
    const channels = ['notification.email', 'notification.slack'] as const;
    const failure = { code: 'STEP_FAILED', message: 'away', durationMs: 1 };
    expect(await planCvChannels(store, id, channels)).toEqual(channels);
    await commitCvStep(store, id, 'notification.slack', { durationMs: 1 });
    await recordCvFailure(store, id, 'notification.email', failure);
    // Again, by a worker that is told of other channels now.
    expect(await planCvChannels(store, id, [])).toEqual(['notification.email']);
    expect(await finishCvChange(store, id, ['notification.email'])).toBe('failed');
    await reopenCvChange(store, id);
    expect(await planCvChannels(store, id, channels)).toEqual(['notification.email']);
    await commitCvStep(store, id, 'notification.email', { durationMs: 1 });
    expect(await planCvChannels(store, id, channels)).toEqual([]);
    expect(await finishCvChange(store, id, [])).toBe('completed');
  });

  test('channels take the place of one step for all of them, unless that was made', async () => {
    const failure = { code: 'STEP_FAILED', message: 'away', durationMs: 1 };
    const failed = await commit('{}');
    await recordCvFailure(store, failed.id, 'notification', failure);
    await finishCvChange(store, failed.id, ['notification']);
    await reopenCvChange(store, failed.id);
    expect(await planCvChannels(store, failed.id, ['notification.slack'])).toHaveLength(1);
    await commitCvStep(store, failed.id, 'notification.slack', { durationMs: 1 });
    expect(await finishCvChange(store, failed.id, [])).toBe('completed');
    const made = await commit('{}');
    await commitCvStep(store, made.id, 'notification', { durationMs: 1 });
    expect(await planCvChannels(store, made.id, ['notification.slack'])).toEqual([]);
  });

  test('a step that was to be tried again, and is not, has failed when the change has', async () => {
    const { id } = await commit('{}');
    for (const step of ['github', 'pdf'] as const) {
      await recordCvFailure(store, id, step, { code: 'STEP_FAILED', message: step, durationMs: 1 });
    }
    expect(await finishCvChange(store, id, ['github'])).toBe('failed');
    expect((await getCvChange(store, id))?.steps.map(({ status }) => status)).toEqual([
      ...['completed', 'failed', 'failed'],
    ]);
  });

  test('an endpoint that names a user, from when that was not refused, gets the events of the CV', async () => {
    const cv = { system: 'cv', events: ['cv.*'] };
    const { id } = await register(store, { ...cv, user: 'user_1' });
    await register(store, { ...cv, user: null, url: 'https://other.example/' });
    await commit('{}');
    const all = await deliveries(store);
    expect(all.map(({ endpointId }) => endpointId)).toContain(id);
    expect(all).toHaveLength(2);
  });

  test('a refused change is in the history, and statistics count it', async () => {
    const failure = { code: 'UNKNOWN_ID', message: 'no' };
    const refused = await commitCvChange(store, update, () => ({ failure }));
    expect(await getCvChange(store, refused!.id)).toMatchObject({
      status: 'failed',
      errorCode: 'UNKNOWN_ID',
    });
    expect(await reopenCvChange(store, refused!.id)).toBe(false);
    await commit('{}');
    expect(await cvStats(store)).toMatchObject([
      { action: 'update', section: 'skills', total: 2, completed: 0, failed: 1 },
    ]);
    passTime(60_000);
    expect(await purgeCvChanges(store, Date.now())).toBe(1);
  });
});
