import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { type Journey, startJourney } from '../../support/journey';
import { ROOT, startProcess, type TestProcess } from '../../support/process';
import { publishLargest } from '../../support/publish-largest';
import { freePorts } from '../../support/temporal';
import { waitUntil } from '../../support/wait-until';
import { receiverLibraries } from '../../interop/support/tools';

const PAGE = readFileSync(join(ROOT, 'docs/receiving.md'), 'utf8');

/** The code below a heading of docs/receiving.md, as it stands there. */
function snippet(heading: string, language: string): string {
  const [, section = ''] = PAGE.split(`\n### ${heading}\n`);
  const found = new RegExp(`\n\`\`\`${language}\n(.*?\n)\`\`\`\n`, 's').exec(
    section.split('\n## ')[0]!,
  );
  if (found === null) throw new Error(`Below "${heading}" there is no ${language}.`);
  return found[1]!;
}

interface Receiver {
  heading: string;
  file: string;
  /** The variable that it reads its key from, and how such a key begins. */
  key: ['SIGNING_KEY' | 'SECRET', string];
  run: (port: number) => Promise<[command: string, ...args: string[]]>;
}

const python = async (name: string, ...args: string[]): Promise<[string, ...string[]]> => [
  await receiverLibraries.install(),
  ...['-B', '-u', '-m', name, ...args],
];
const flask = (port: number) => python('flask', '--app', 'receive', 'run', '--port', String(port));

const RECEIVERS: Receiver[] = [
  {
    heading: 'Express',
    file: 'receive.mjs',
    key: ['SIGNING_KEY', 'whsec_'],
    run: () => Promise.resolve([process.execPath, 'receive.mjs']),
  },
  { heading: 'Flask', file: 'receive.py', key: ['SIGNING_KEY', 'whsec_'], run: flask },
  {
    heading: 'FastAPI',
    file: 'receive.py',
    key: ['SIGNING_KEY', 'whsec_'],
    run: (port) => python('uvicorn', 'receive:app', '--port', String(port)),
  },
  { heading: 'By hand', file: 'receive.py', key: ['SECRET', ''], run: flask },
];

let careerHooks: TestCareerHooks;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
});
afterAll(() => careerHooks.stop());

describe.each(RECEIVERS)("receiving.md's receiver: $heading", ({ heading, file, key, run }) => {
  let folder: string;
  let receiver: TestProcess;
  let url: string;
  let journey: Journey;
  const [variable, prefix] = key;
  const secret = `${prefix}${randomBytes(32).toString('base64')}`;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'careerhooks-receiving-'));
    writeFileSync(join(folder, file), snippet(heading, file.endsWith('.py') ? 'python' : 'js'));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const [port] = await freePorts(1);
    const [command, ...args] = await run(port!);
    receiver = startProcess(
      command,
      args,
      { [variable]: secret, PORT: String(port) },
      { cwd: folder },
    );
    url = `http://127.0.0.1:${port}/hook`;
    await waitUntil(
      () => fetch(url).catch(() => undefined),
      (answer) => answer !== undefined,
    );
    journey = await startJourney(careerHooks);
  });
  afterAll(async () => {
    await receiver.end('SIGTERM');
    rmSync(folder, { recursive: true });
  });

  test('answers the challenge while it is being registered', async () => {
    expect(await journey.register({ url, secret })).toMatchObject({
      status: 'active',
      verification: { tries: 1, last_error: null, last_status_code: 200 },
    });
  });

  test('takes a delivery that it has verified', async () => {
    await journey.until(await journey.publish({ type: 'resume.parsed' }), 'delivered');
    await receiver.says('Received resume.parsed');
  });

  test('takes a delivery of 1 MiB', async () => {
    await journey.until(await publishLargest(journey), 'delivered');
  });

  test('refuses what is not signed, a challenge too', async () => {
    for (const body of ['{"event":"resume.parsed"}', '{"type":"webhook.verify","challenge":"a"}']) {
      for (const headers of [{}, forgedHeaders()]) {
        const answer = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body,
        });
        expect(answer.status).toBe(401);
      }
    }
  });

  test('refuses deliveries under another key, and stays pending', async () => {
    const stranger = await startJourney(careerHooks);
    expect(await stranger.register({ url })).toMatchObject({
      status: 'pending',
      verification: { last_error_code: 'http_401', last_status_code: 401 },
    });
  });
});

function forgedHeaders(): Record<string, string> {
  return {
    'webhook-id': 'forged',
    'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
    'webhook-signature': `v1,${randomBytes(32).toString('base64')}`,
    'X-Webhook-Signature': randomBytes(32).toString('hex'),
  };
}
