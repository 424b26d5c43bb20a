import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateMasterKey } from '@careerhooks/store';
import {
  type CareerHooksProcess,
  instanceSettings,
  runCareerHooks,
  startCareerHooksProcess,
} from '../../support/process';
import { startTestReceiver, type TestReceiver } from '../../support/receiver';
import { freePorts } from '../../support/temporal';
import { waitUntil } from '../../support/wait-until';
import { event, register, SYSTEM, waitForAll } from '../../support/publishing';

const oldKey = generateMasterKey();
const newKey = generateMasterKey();

let dataDir: string;
let settings: Record<string, string>;
let careerHooks: CareerHooksProcess;
let receiver: TestReceiver;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-commands-'));
  settings = { ...(await instanceSettings(dataDir)), CAREERHOOKS_MASTER_KEY: oldKey };
  receiver = await startTestReceiver();
  careerHooks = await startCareerHooksProcess(settings);
  await careerHooks.connected();
});

afterAll(async () => {
  await receiver.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Runs a command to its end; returns what it says. */
async function run(args: string[], more: Record<string, string> = {}, code = 0): Promise<string> {
  const child = runCareerHooks(args, { ...settings, ...more });
  const exit = await child.exited;
  if (exit.code !== code) throw new Error(`${args.join(' ')}: ${exit.code}\n${child.output()}`);
  return child.output();
}

it('keeps its secrets in files that only their owner may read', async () => {
  expect((await stat(join(dataDir, 'admin-token'))).mode & 0o777).toBe(0o600);
});

it('makes no key for a user of the CV, which has none', async () => {
  const said = await run(['keys', 'create', '--system', 'cv', '--user', 'user_1'], {}, 1);
  expect(said).toBe('cv has no users: make the key without --user.\n');
  expect(await run(['keys', 'create', '--system', 'roleready', '--user', ' '], {}, 1)).toBe(
    '--user must not be blank.\n',
  );
});

describe('listen', () => {
  it('finds the CareerHooks of this machine at its PORT', async () => {
    const [port] = await freePorts(1);
    const listener = runCareerHooks(['listen', SYSTEM, '--port', String(port)], {
      ...settings,
      PORT: `${new URL(careerHooks.url).port}\r`,
    });
    await listener.says(/Endpoint \S+ is active/);
    await listener.end('SIGINT');
  });

  it('registers, verifies, prints, and deletes its endpoint at Ctrl-C', async () => {
    const [port] = await freePorts(1);
    const listener = runCareerHooks(
      ['listen', SYSTEM, '--port', String(port), '--url', careerHooks.url, '--events', 'resume.*'],
      settings,
    );
    await listener.says(/Endpoint \S+ is active: roleready resume\.\*/);
    const id = /Endpoint (\S+) is/.exec(listener.output())?.[1];
    await careerHooks.call('POST', '/v1/events', event('evt_listened'));
    await listener.says('evt_listened');
    expect(listener.output()).toMatch(/^resume\.parsed {2}attempt 1 {2}verified$/m);

    const stranger = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      body: JSON.stringify({ type: 'webhook.verify', challenge: 'of a stranger' }),
    });
    expect(stranger.status).toBe(401);
    expect(await stranger.text()).not.toContain('of a stranger');

    expect(await listener.end('SIGINT')).toMatchObject({ code: 0 });
    expect((await careerHooks.call('GET', `/v1/endpoints/${id}`)).status).toBe(404);
  });

  it('says what is wrong', async () => {
    expect(await run(['listen', 'nonsense'], {}, 1)).toContain('There is no system "nonsense"');
    const [port, other] = await freePorts(2);
    const nobody = ['listen', SYSTEM, '--port', String(port), '--url', `http://127.0.0.1:${other}`];
    expect(await run(nobody, {}, 1)).toContain(
      `No CareerHooks answers at http://127.0.0.1:${other}`,
    );
    const stranger = ['listen', SYSTEM, '--port', String(port), '--url', careerHooks.url];
    expect(await run([...stranger, '--token', 'cha_wrong'], {}, 1)).toContain('401');
    const taken = ['listen', SYSTEM, '--port', String(receiver.port), '--url', careerHooks.url];
    expect(await run(taken, {}, 1)).toContain(String(receiver.port));
    const bad = ['listen', SYSTEM, '--port', 'abc', '--url', careerHooks.url];
    expect(await run(bad, {}, 1)).not.toMatch(/^\s+at /m);
  });
});

describe('demo', () => {
  const success = /All \d+ example events were delivered, and every signature verified\./;

  it('runs against the instance that is there', async () => {
    const said = await run(['demo']);
    expect(said).toContain(`Using the CareerHooks at ${careerHooks.url}.`);
    expect(said).toMatch(success);
    const { body } = await careerHooks.call('GET', '/v1/endpoints');
    expect(body.data).toEqual([]);
  });

  it('starts an instance of its own where there is none', async () => {
    const elsewhere = await instanceSettings(join(dataDir, 'unused'));
    const said = await run(['demo'], elsewhere);
    expect(said).toContain('Starting a CareerHooks for the demo.');
    expect(said).toMatch(success);
    await expect(stat(join(dataDir, 'unused'))).rejects.toThrow('ENOENT');
  });
});

describe('keys', () => {
  it('invites somebody, by a link to the instance, who makes the key themselves', async () => {
    const said = await run([
      'keys',
      'invite',
      '--system',
      SYSTEM,
      '--user',
      'user_2',
      '--hours',
      '1',
    ]);
    const link = new URL(said.trim());
    expect(`${link.origin}${link.pathname}`).toBe(`${careerHooks.url}/connect`);
    const redeem = () =>
      careerHooks.call('POST', '/v1/invitations/redeem', { code: link.hash.slice(1) });
    const { body } = await redeem();
    expect(body).toMatchObject({ system: SYSTEM, user: 'user_2', scopes: ['manage'] });
    expect((await redeem()).status).toBe(404);
    const elsewhere = { CAREERHOOKS_PUBLIC_URL: 'https://hooks.example.com' };
    expect(await run(['keys', 'invite', '--system', SYSTEM], elsewhere)).toMatch(
      /^https:\/\/hooks\.example\.com\/connect#chi_\S+\n$/,
    );
    expect(await run(['keys', 'invite', '--system', SYSTEM, '--hours', '0'], {}, 1)).toContain(
      '--hours must be a whole number from 1 to 720',
    );
  });

  it('makes, lists and revokes keys of the running instance', async () => {
    const [id = '', token = ''] = (
      await run(['keys', 'create', '--system', SYSTEM, '--user', 'user_1', '--scopes', 'manage'])
    ).split('\n');
    expect(token).toMatch(/^chk_/);
    expect((await careerHooks.call('GET', '/v1/endpoints', undefined, { token })).status).toBe(200);
    const publication = await careerHooks.call('POST', '/v1/events', event('evt_key'), { token });
    expect(publication.status).toBe(403);
    expect(await run(['keys', 'list'])).toContain(`${id}  roleready  user_1  manage  live`);

    expect(await run(['keys', 'revoke', id])).toBe(`${id} is revoked.\n`);
    expect((await careerHooks.call('GET', '/v1/endpoints', undefined, { token })).status).toBe(401);
    expect(await run(['keys', 'list'])).toContain(`${id}  roleready  user_1  manage  revoked`);
    expect(await run(['keys', 'list'])).not.toContain(token);
  });

  it('says what is wrong', async () => {
    expect(await run(['keys', 'revoke', 'key_none'], {}, 1)).toBe('There is no key key_none.\n');
    expect(await run(['keys', 'create', '--system', 'nonsense'], {}, 1)).toContain('no system');
    expect(await run(['keys', 'create'], {}, 1)).toContain('--system');
    await run(['keys', 'create', '--system', SYSTEM, '--scopes', 'rule'], {}, 1);
  });
});

describe('reseal', () => {
  it('moves every secret to a new master key', async () => {
    const endpoint = await register(careerHooks.call, receiver.url, {
      headers: { 'x-api-key': 'the receiver wants it' },
    });
    expect(await careerHooks.end('SIGTERM')).toMatchObject({ code: 0 });

    expect(await run(['reseal'])).toBe('0 secrets were sealed again.\n');
    const both = { CAREERHOOKS_MASTER_KEY: `${newKey}, ${oldKey}` };
    expect(await run(['reseal'], both)).toMatch(/^[3-9] secrets were sealed again\.\n$/);
    expect(await run(['reseal'], both)).toBe('0 secrets were sealed again.\n');
    expect(await run(['keys', 'list'], {}, 78)).toContain('CAREERHOOKS_MASTER_KEY');

    const alone = { ...settings, CAREERHOOKS_MASTER_KEY: newKey };
    const again = await startCareerHooksProcess(alone);
    await again.connected();
    await again.call('POST', '/v1/events', event('evt_resealed'));
    await waitForAll(receiver, ['evt_resealed'], 20_000);
    expect(receiver.requests[0]?.headers['x-api-key']).toBe('the receiver wants it');
    await waitUntil(
      () => again.call('GET', `/v1/deliveries?endpoint=${endpoint}&status=delivered`),
      ({ body }) => body.data.length === 1,
    );
    expect(await again.end('SIGTERM')).toMatchObject({ code: 0 });
  });
});
