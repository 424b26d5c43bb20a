import { join } from 'node:path';
import { createSealer, openStore, type Store } from '@careerhooks/store';
import { SYSTEM } from './sample-event';

/** Whose past it is: other users' than those who publish in the benchmark. */
const USERS = 100;
const DAYS = 80;
const CHUNK = 50_000;

/**
 * Writes `count` delivered deliveries of the last 80 days into the database of
 * `dataDir`, each with its event of about 1 KiB and its one attempt, as they would
 * stand there had they been delivered one by one. Nothing may run on the database
 * meanwhile.
 */
export async function fillHistory(
  dataDir: string,
  { masterKey, count }: { masterKey: string; count: number },
): Promise<void> {
  const store = await openStore({
    file: join(dataDir, 'careerhooks.db'),
    sealer: createSealer([masterKey]),
  });
  try {
    // A power cut may take it: it would be filled again.
    for (const pragma of ['synchronous=off', 'cache_size=-262144', 'temp_store=memory']) {
      await store.write.run(`pragma ${pragma}`);
    }
    await insertEndpoints(store);
    const indexes = await dropIndexes(store);
    for (let first = 0; first < count; first += CHUNK) {
      await insertChunk(store, { first, last: Math.min(count, first + CHUNK) - 1, count });
    }
    for (const sql of indexes) await store.write.run(sql);
    await store.write.run('pragma wal_checkpoint(truncate)');
  } finally {
    await store.close();
  }
}

async function insertEndpoints({ write }: Store): Promise<void> {
  await write.run(
    `with recursive n(i) as (select 0 union all select i + 1 from n where i < ?)
     insert into endpoints (id, system, user_id, url, events, status, schedule, ordered, created_at, updated_at)
     select 'ep_past_' || i, ?, 'past_' || i, 'http://127.0.0.1:9/past', '["*"]', 'active', 'system', 0, 0, 0 from n`,
    [USERS - 1, SYSTEM],
  );
}

/** To fill a table and sort its indexes then is several times as fast; returns what makes them again. */
async function dropIndexes({ write }: Store): Promise<string[]> {
  const indexes = (await write.run(
    `select name, sql from sqlite_master
     where type = 'index' and sql is not null and tbl_name in ('events', 'deliveries', 'attempts')`,
  )) as { name: string; sql: string }[];
  for (const { name } of indexes) await write.run(`drop index ${name}`);
  return indexes.map(({ sql }) => sql);
}

async function insertChunk(
  { write }: Store,
  { first, last, count }: { first: number; last: number; count: number },
): Promise<void> {
  const until = Date.now() - 60_000;
  const stepMs = (DAYS * 86_400_000) / count;
  const rows = `with recursive n(i) as (select cast(? as integer) union all select i + 1 from n where i < ?),
    past as (select i, cast(? + i * ? as integer) as at, 'past_' || (i % ${USERS}) as user_id from n)`;
  const bindings = [first, last, until - DAYS * 86_400_000, stepMs];
  await write.transaction(async (on) => {
    await on.run(
      `${rows} insert into events (key, id, system, user_id, type, data, content_hash, created_at)
       select ${idOf('8')}, 'evt_past_' || i, ?, user_id, 'resume.parsed',
         json_object('resumeId', 'past-' || i, 'fileName', 'resume.pdf', 'success', json('true'),
           'summary', hex(randomblob(400))), hex(randomblob(16)), at from past`,
      [...bindings, SYSTEM],
    );
    await on.run(
      `${rows} insert into deliveries (id, event_key, endpoint_id, system, user_id, type, status, attempts,
         expires_at, last_status_code, created_at, finished_at)
       select ${idOf('9')}, ${idOf('8')}, 'ep_' || user_id, ?, user_id, 'resume.parsed', 'delivered', 1,
         at + 86400000, 200, at, at + 5 from past`,
      [...bindings, SYSTEM],
    );
    await on.run(
      `${rows} insert into attempts (delivery_id, number, started_at, duration_ms, succeeded, status_code, answer_excerpt)
       select ${idOf('9')}, 1, at, 5, 1, 200, 'OK' from past`,
      bindings,
    );
  });
}

/** SQL for a UUIDv7 (RFC 9562) of the time `at` that counts in place of being random. */
function idOf(variant: '8' | '9'): string {
  return `printf('%08x-%04x-7%03x-${variant}000-%012x', at >> 16, at & 65535, i % 4096, i)`;
}
