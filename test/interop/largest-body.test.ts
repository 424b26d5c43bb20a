import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_BODY_BYTES } from '@careerhooks/systems';
import { startTestCareerHooks, type TestCareerHooks } from '../support/careerhooks';
import { startJourney } from '../support/journey';
import { startProcess } from '../support/process';
import { publishLargest } from '../support/publish-largest';
import { startTestReceiver, type TestReceiver } from '../support/receiver';
import { freePorts } from '../support/temporal';
import { waitUntil } from '../support/wait-until';
import { describeWith } from './support/describe-with';
import { findProgram } from './support/programs';
import { webServers } from './support/tools';

let careerHooks: TestCareerHooks;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(() => careerHooks.stop());

/** Publishes the largest event that is taken, for a URL; gives the status that its delivery met. */
async function sendLargest(url: string): Promise<number | null> {
  const journey = await startJourney(careerHooks, 'roleready');
  await journey.register({ url });
  const accepted = await publishLargest(journey);
  const delivery = await waitUntil(
    () => journey.deliveryOf(accepted),
    ({ attempt_count: attempts }) => attempts > 0,
  );
  return delivery.last_status_code;
}

/** What the server itself says to a body of this many bytes. */
async function statusOf(url: string, bytes: number): Promise<number> {
  const body = JSON.stringify('x'.repeat(bytes - 2));
  const headers = { 'content-type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers, body })).status;
}

describe('the largest body is taken by servers with their defaults, which refuse a byte more', () => {
  test('Fastify', async () => {
    const program = join(__dirname, 'receivers', 'fastify.mjs');
    const server = startProcess(process.execPath, [program, await webServers.install()], {});
    await server.says(/port \d+/);
    const url = `http://127.0.0.1:${/port (\d+)/.exec(server.output())![1]}/hook`;
    expect(await statusOf(url, MAX_BODY_BYTES + 1)).toBe(413);
    expect(await sendLargest(url)).toBe(200);
    await server.end('SIGTERM');
  });

  describeWith(['nginx'], 'nginx', () => {
    let behind: TestReceiver;
    let folder: string;
    beforeAll(async () => {
      behind = await startTestReceiver();
      folder = await mkdtemp(join(tmpdir(), 'careerhooks-nginx-'));
    });
    afterAll(async () => {
      await behind.stop();
      await rm(folder, { recursive: true });
    });

    test('in front of a receiver', async () => {
      const [port = 0] = await freePorts(1);
      await writeFile(join(folder, 'nginx.conf'), configuration(folder, port, behind.port));
      const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'];
      const server = startProcess(findProgram('nginx')!, args, {});
      const url = `http://127.0.0.1:${port}/hook`;
      await waitUntil(
        () => statusOf(url, 2).catch(() => undefined),
        (status) => status === 200,
      );
      expect(await statusOf(url, MAX_BODY_BYTES + 1)).toBe(413);
      expect(await sendLargest(url)).toBe(200);
      expect(behind.requests.at(-1)!.body).toHaveLength(MAX_BODY_BYTES);
      await server.end('SIGTERM');
    });
  });
});

/** Nothing but what it takes to run in a folder of its own, and to pass requests on. */
function configuration(folder: string, port: number, behind: number): string {
  const kept = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n');
  return `
daemon off;
master_process off;
pid ${folder}/pid;
events {}
http {
  access_log off;
  ${kept}
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://127.0.0.1:${behind}; }
  }
}`;
}
