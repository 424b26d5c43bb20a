import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealer, generateMasterKey, openStore, type Store } from '@careerhooks/store';
import { Client } from 'pg';

/** For `describe.each`: the databases that every test of the store runs on. */
export const DATABASES = ['sqlite', 'postgres'] as const;

export type DatabaseName = (typeof DATABASES)[number];

/** An empty database, and any number of stores that are open on it. */
export interface TestDatabase {
  name: DatabaseName;
  /** What `openStore` is told to find it. */
  location: { file: string } | { databaseUrl: string };
  /** Opens it (again), as another process would: with connections of its own. */
  open(masterKeys?: string[]): Promise<Store>;
  /** Closes the stores that are open on it and removes it. */
  drop(): Promise<void>;
}

/**
 * Makes an empty database: a SQLite file in a folder of its own, or a database in
 * the PostgreSQL server at `TEST_DATABASE_URL`, else in one that the test file
 * starts for itself, once, and that ends with it.
 */
export async function createDatabase(name: DatabaseName): Promise<TestDatabase> {
  const place = name === 'sqlite' ? await createFolder() : await createPostgresDatabase();
  const masterKey = generateMasterKey();
  const stores: Store[] = [];
  return {
    name,
    location: place.location,
    async open(masterKeys = [masterKey]) {
      const store = await openStore({ ...place.location, sealer: createSealer(masterKeys) });
      stores.push(store);
      return store;
    },
    async drop() {
      await Promise.all(stores.map((store) => store.close()));
      await place.remove();
    },
  };
}

async function createFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'careerhooks-sqlite-'));
  return {
    location: { file: join(folder, 'careerhooks.db') },
    remove: () => rm(folder, { recursive: true }),
  };
}

let databases = 0;

/** Stops, kills, or starts again, the PostgreSQL server that the test file has started for itself. */
export async function controlPostgres(wanted: 'stop' | 'kill' | 'start'): Promise<void> {
  const server = await running;
  if (server === undefined) throw new Error('Another server: the test must not stop it.');
  const answer = once(server.process.stdout as NodeJS.ReadableStream, 'data');
  server.process.stdin?.write(`${wanted}\n`);
  await answer;
}

async function createPostgresDatabase() {
  const server = await postgresUrl();
  const database = `careerhooks_${process.pid}_${Date.now()}_${++databases}`;
  await administer(server, `create database ${database}`);
  const url = new URL(server);
  url.pathname = `/${database}`;
  return {
    location: { databaseUrl: url.href },
    remove: () => administer(server, `drop database ${database} with (force)`),
  };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

let running: Promise<{ process: ChildProcess; url: string }> | undefined;

async function postgresUrl(): Promise<string> {
  if (process.env.TEST_DATABASE_URL !== undefined) return process.env.TEST_DATABASE_URL;
  running ??= startPostgres();
  return (await running).url;
}

/** In a process of its own, since the package is an ES module, and Jest's modules are not. */
async function startPostgres(): Promise<{ process: ChildProcess; url: string }> {
  const server = spawn(process.execPath, [join(__dirname, 'postgres-server.mjs')], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaint = '';
  server.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  const url = await Promise.race([
    once(server.stdout, 'data').then(([text]) => String(text).trim()),
    once(server, 'exit').then(() => undefined),
  ]);
  if (url === undefined) throw new Error(`PostgreSQL did not start: ${complaint}`);
  return { process: server, url };
}

afterAll(async () => {
  const server = await running;
  if (server === undefined) return;
  const ended = once(server.process, 'exit');
  server.process.stdin?.end();
  await ended;
});
