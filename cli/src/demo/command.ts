import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminToken, existingAdminToken } from '../admin-token';
import { type ApiClient, createApiClient } from '../api-client';
import { createLogger } from '../logger';
import { type Settings, SetupError } from '../settings';
import { startCareerHooks } from '../start/start';
import { runDemo } from './run-demo';

/** `careerhooks demo`: against the instance that runs here, or one of its own in a temporary folder. */
export async function demoCommand(
  settings: Settings,
  print: (line: string) => void,
): Promise<void> {
  const url = `http://${settings.host}:${settings.port}`;
  if (await answers(url)) {
    print(`Using the CareerHooks at ${url}.`);
    await demonstrate(createApiClient(url, existingAdminToken(settings)), print);
    return;
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-demo-'));
  print('Starting a CareerHooks for the demo.');
  const own = { ...settings, dataDir, databaseUrl: undefined, logLevel: 'error' as const };
  const log = createLogger(own);
  const careerHooks = await startCareerHooks(
    { ...own, port: 0, temporalPort: await freePort(), temporalUiPort: await freePort() },
    log,
    print,
  );
  try {
    await careerHooks.connected;
    await demonstrate(createApiClient(careerHooks.url, adminToken(own)), print);
  } finally {
    await careerHooks.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function demonstrate(api: ApiClient, print: (line: string) => void): Promise<void> {
  const results = await runDemo(api, print);
  const total = (count: (result: (typeof results)[number]) => number): number =>
    results.reduce((sum, result) => sum + count(result), 0);
  const published = total((result) => result.published);
  const verified = total((result) => result.verified);
  if (verified < published) {
    throw new SetupError(
      `Only ${verified} of ${published} example events were delivered and verified.`,
    );
  }
  print(`All ${published} example events were delivered, and every signature verified.`);
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(`${url}/healthz`).catch(() => undefined);
  return response?.ok === true;
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
