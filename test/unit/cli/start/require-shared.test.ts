import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings, SetupError } from '../../../../cli/src/settings';
import { requireShared } from '../../../../cli/src/start/require-shared';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'careerhooks-shared-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const SHARED = {
  DATABASE_URL: 'postgres://database.example/careerhooks',
  TEMPORAL_ADDRESS: 'temporal.example:7233',
  CAREERHOOKS_MASTER_KEY: 'b'.repeat(64),
  CAREERHOOKS_ADMIN_TOKEN: 'a'.repeat(32),
  CV_WEBHOOK_SECRET: 'c'.repeat(32),
};

/** The variables that it says are missing. */
function missing(role: 'server' | 'worker', env: NodeJS.ProcessEnv): string[] {
  try {
    requireShared(readSettings({ CAREERHOOKS_DATA_DIR: dataDir, ...env }), role);
    return [];
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return [...error.message.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name]) => name!);
  }
}

describe('what servers and workers share', () => {
  it('names each setting that a server lacks, at once', () => {
    expect(missing('server', {})).toEqual(Object.keys(SHARED));
    expect(missing('server', SHARED)).toEqual([]);
  });

  it('asks of a worker only what it needs', () => {
    expect(missing('worker', {})).toEqual([
      'DATABASE_URL',
      'TEMPORAL_ADDRESS',
      'CAREERHOOKS_MASTER_KEY',
    ]);
  });

  it.each(Object.keys(SHARED))('refuses a server without %s', (name) => {
    expect(missing('server', { ...SHARED, [name]: '' })).toEqual([name]);
  });

  it('takes secrets that a data folder has, since then none would be made', () => {
    for (const file of ['admin-token', 'master-key', 'cv-webhook-secret']) {
      writeFileSync(join(dataDir, file), 'd'.repeat(64));
    }
    const { DATABASE_URL, TEMPORAL_ADDRESS } = SHARED;
    expect(missing('server', { DATABASE_URL, TEMPORAL_ADDRESS })).toEqual([]);
  });
});
