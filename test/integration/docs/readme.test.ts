import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  type CareerHooksProcess,
  instanceSettings,
  ROOT,
  startCareerHooksProcess,
} from '../../support/process';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { waitUntil } from '../../support/wait-until';

type Body = Record<string, unknown>;

let dataDir: string;
let careerHooks: CareerHooksProcess;
let receiver: TestReceiver;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-readme-'));
  receiver = await startTestReceiver();
  careerHooks = await startCareerHooksProcess(await instanceSettings(dataDir));
});

afterAll(async () => {
  await careerHooks.end('SIGKILL');
  await receiver.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** The blocks to copy of one section. */
async function blocksOf(title: string): Promise<string[]> {
  const text = await readFile(join(ROOT, 'README.md'), 'utf8');
  const [, after = ''] = text.split(`\n## ${title}\n`);
  const [section = ''] = after.split('\n## ');
  return [...section.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block]) => block!);
}

/** Runs lines as they stand there, on this instance and with this receiver; gives what each call answered. */
async function run(lines: string): Promise<Body[]> {
  const script = lines
    .replaceAll('localhost:3400', careerHooks.url)
    .replaceAll('data/admin-token', join(dataDir, 'admin-token'))
    .replaceAll('https://example.com/hooks', receiver.url);
  const { stdout } = await promisify(execFile)('bash', [
    '-euc',
    `curl() { command curl "$@"; echo; }\n${script}`,
  ]);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Body);
}

test('what the README has to copy registers an endpoint, publishes an event, shows its delivery, and makes keys', async () => {
  const blocks = await blocksOf('Publish, register, see');
  expect(blocks).toHaveLength(2);
  // In one shell, as whoever copies them does.
  const answers = await run(blocks.join('\n'));
  expect(answers).toHaveLength(5);
  const [endpoint, published, list, publisher, integrator] = answers as [
    Body,
    { id: string; deliveries: number },
    { data: { id: string; event_id: string; endpoint_id: string }[] },
    Body,
    Body,
  ];

  expect(endpoint).toMatchObject({ system: 'roleready', user: 'user_1', url: receiver.url });
  expect(receiver.challenges).toHaveLength(1);
  expect(published).toMatchObject({ deliveries: 1 });
  const [delivery] = list.data;
  expect(delivery).toMatchObject({ event_id: published.id, endpoint_id: endpoint.id });
  const shown = await waitUntil(
    () => careerHooks.call('GET', `/v1/deliveries/${delivery!.id}`),
    ({ body }) => body.status === 'delivered',
  );
  expect(shown.body).toMatchObject({ attempts: [{ number: 1, succeeded: true }] });

  expect(publisher).toMatchObject({ scopes: ['publish'], token: expect.any(String) as string });
  expect(integrator).toMatchObject({
    user: 'user_1',
    scopes: ['manage'],
    token: expect.any(String) as string,
  });
});
