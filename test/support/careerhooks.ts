import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  adminToken,
  installRuntime,
  readSettings,
  type Settings,
  startCareerHooks,
} from '@careerhooks/cli';
import { pino } from 'pino';
import { apiAt, type CallApi } from './call-api';
import { freePorts } from './temporal';

/** A whole CareerHooks in this process, on its own folder and ports. */
export interface TestCareerHooks {
  url: string;
  dataDir: string;
  settings: Settings;
  token: string;
  call: CallApi;
  /** Makes a key and returns its token. */
  key(wanted: { system: string; user?: string; scopes?: string[] }): Promise<string>;
  stop(): Promise<void>;
}

/** The SDK's log is quiet from the first instance of a process on. */
let runtimeInstalled = false;

/**
 * @param env settings over the defaults: an own data folder and free ports.
 */
export async function startTestCareerHooks(
  env: Record<string, string | undefined> = {},
): Promise<TestCareerHooks> {
  const dataDir = env.CAREERHOOKS_DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'careerhooks-test-')));
  const [temporalPort, temporalUiPort] = await freePorts(2);
  const settings = readSettings({
    ...process.env,
    PORT: '0',
    CAREERHOOKS_DATA_DIR: dataDir,
    CAREERHOOKS_TEMPORAL_PORT: String(temporalPort),
    CAREERHOOKS_TEMPORAL_UI_PORT: String(temporalUiPort),
    LOG_LEVEL: 'silent',
    ...env,
  });
  const log = pino({ level: settings.logLevel });
  if (!runtimeInstalled) installRuntime(pino({ level: 'silent' }));
  runtimeInstalled = true;
  const running = await startCareerHooks(settings, log, () => undefined);
  await running.connected;
  const token = adminToken(settings);

  const call = apiAt(running.url, token);

  return {
    url: running.url,
    dataDir,
    settings,
    token,
    call,
    async key(wanted) {
      const { body } = await call('POST', '/v1/keys', { scopes: ['publish', 'manage'], ...wanted });
      return (body as { token: string }).token;
    },
    async stop() {
      await running.stop();
      if (env.CAREERHOOKS_DATA_DIR === undefined) {
        await rm(dataDir, { recursive: true, force: true });
      }
    },
  };
}
