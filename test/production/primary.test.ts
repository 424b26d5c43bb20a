import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createEventIntake,
  createSealer,
  type DatabaseUnavailable,
  type EventIntake,
  generateMasterKey,
  openStore,
  type Store,
} from '@careerhooks/store';
import { describeWith } from '../interop/support/describe-with';
import { rowsOf } from '../../store/src/sql';
import { type Line, lineTo } from '../support/line';
import { instanceSettings, runCareerHooks } from '../support/process';
import { waitUntil } from '../support/wait-until';
import { type PairNode, type PostgresPair, startPostgresPair } from './support/postgres-pair';
import { SUPERUSER } from './support/postgres-node';

const masterKey = generateMasterKey();

const login = `${SUPERUSER.user}:${SUPERUSER.password}`;

function accept(intake: EventIntake, id: string): Promise<boolean> {
  const event = { system: 'resumebuilder', user: 'u1', type: 'resume.created', data: '{}', id };
  return intake.add([[event]]).then(
    () => true,
    () => false,
  );
}

async function idsOn(node: PairNode): Promise<unknown[]> {
  const rows = await node.query('select id from events order by key');
  return rows.map(({ id }) => id);
}

describeWith(['pg_basebackup'], 'a PostgreSQL with a standby', () => {
  let pair: PostgresPair;
  let store: Store;
  let intake: EventIntake;
  let failovers: number;
  let way: Line;

  async function open(databaseUrl: string): Promise<void> {
    store = await openStore({ databaseUrl, sealer: createSealer([masterKey]) });
    intake = createEventIntake(store);
    failovers = 0;
    store.onFailover?.(() => (failovers += 1));
  }

  beforeEach(async () => {
    pair = await startPostgresPair();
    way = await lineTo(pair.primary.port);
  }, 60_000);
  afterEach(async () => {
    await store.close();
    way.close();
    pair.kill();
  });

  it('is found by a URL that names both, whichever comes first, and when they change places', async () => {
    const { primary, standby } = pair;
    const hosts = `127.0.0.1:${standby.port},127.0.0.1:${primary.port}`;
    await open(`postgres://${login}@${hosts}/postgres?target_session_attrs=read-write`);
    expect(await accept(intake, 'before')).toBe(true);
    expect(await idsOn(primary)).toEqual(['before']);

    primary.signal('SIGKILL');
    expect(await accept(intake, 'meanwhile')).toBe(false);
    await standby.promote();
    await waitUntil(
      () => accept(intake, 'after'),
      (accepted) => accepted,
    );
    expect(await idsOn(standby)).toEqual(['before', 'after']);
    expect(failovers).toBe(1);
  });

  it('is found by a start after a failover, although the former primary is back and listed first', async () => {
    const { primary, standby } = pair;
    primary.signal('SIGKILL');
    await standby.promote();
    await primary.start();
    const hosts = `127.0.0.1:${primary.port},127.0.0.1:${standby.port}`;
    await open(`postgres://${login}@${hosts}/postgres`);
    expect(await accept(intake, 'after')).toBe(true);
    expect(await idsOn(standby)).toEqual(['after']);
  });

  it('is left for its successor soon, although both take what is written, and old connections last', async () => {
    const { primary, standby } = pair;
    await open(`postgres://${login}@127.0.0.1:${way.port}/postgres`);
    expect(await accept(intake, 'before')).toBe(true);
    await standby.promote();
    // As a proxy does that keeps the connections that it has.
    way.leadTo(standby.port);
    let count = 0;
    await waitUntil(
      () => accept(intake, `event_${(count += 1)}`).then(() => failovers),
      (times) => times === 1,
      10_000,
    );
    expect(await accept(intake, 'after')).toBe(true);
    expect(await idsOn(standby)).toContain('after');
    expect(await idsOn(primary)).not.toContain('after');

    // Whoever leads back to the former one is not believed.
    way.leadTo(primary.port);
    way.cut();
    expect(await accept(intake, 'to the former one')).toBe(false);
    await expect(rowsOf(store.read, 'select 1')).rejects.toMatchObject({ outage: 'superseded' });
    expect(await idsOn(primary)).not.toContain('to the former one');
  });

  it('takes nothing through a connection to its standby', async () => {
    await open(`postgres://${login}@127.0.0.1:${way.port}/postgres`);
    way.leadTo(pair.standby.port);
    way.cut();
    const outage = (): Promise<unknown> =>
      rowsOf(store.write, 'select 1').catch(
        (error: unknown) => (error as DatabaseUnavailable).outage,
      );
    expect(await waitUntil(outage, (found) => found !== 'away')).toBe('read_only');
    way.leadTo(pair.primary.port);
    expect(await accept(intake, 'after')).toBe(true);
  });

  it('ends a start on its standby with a sentence that says so', async () => {
    await open(`postgres://${login}@127.0.0.1:${way.port}/postgres`);
    const dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-standby-'));
    const process = runCareerHooks(['start'], {
      ...(await instanceSettings(dataDir)),
      CAREERHOOKS_MASTER_KEY: randomBytes(32).toString('base64'),
      DATABASE_URL: `postgres://${login}@127.0.0.1:${pair.standby.port}/postgres`,
    });
    expect(await process.exited).toMatchObject({ code: 1 });
    expect(process.output().trim()).toBe(
      `The PostgreSQL database 127.0.0.1:${pair.standby.port}/postgres (DATABASE_URL) cannot be used: ` +
        'PostgreSQL: this server is a standby, and read-only.',
    );
    await rm(dataDir, { recursive: true, force: true });
  });
});
