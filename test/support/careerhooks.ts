import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminToken, readSettings, type Settings, startCareerHooks } from '@careerhooks/cli';
import { pino } from 'pino';
import { freePorts } from './temporal';

/** An answer of the API. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Tests look into answers of many shapes; each names what it expects of this one. */
  body: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

/** A whole CareerHooks in this process, on its own folder and ports. */
export interface TestCareerHooks {
  url: string;
  dataDir: string;
  settings: Settings;
  token: string;
  /** Calls the API, with the admin token unless another is given. */
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  /** Makes a key and returns its token. */
  key(wanted: { system: string; user?: string; scopes?: string[] }): Promise<string>;
  stop(): Promise<void>;
}

interface CallOptions {
  token?: string | null;
  headers?: Record<string, string>;
  /** Sent as it is, instead of `body` as JSON. */
  raw?: string | Buffer;
}

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
  const running = await startCareerHooks(settings, log, () => undefined);
  await running.connected;
  const token = adminToken(settings);

  async function call(
    method: string,
    path: string,
    body?: unknown,
    options: CallOptions = {},
  ): Promise<Answer> {
    const bearer = options.token === undefined ? token : options.token;
    const sent = options.raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${running.url}${path}`, {
      method,
      headers: {
        ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
        ...(sent !== undefined && { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(sent !== undefined && { body: sent }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      body: json ? (JSON.parse(text) as unknown) : text,
    };
  }

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
