import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith } from '../interop/support/describe-with';
import {
  type CareerHooksProcess,
  instanceSettings,
  startCareerHooksProcess,
} from '../support/process';
import { type Browser, type Page, startBrowser } from './support/browser';

let careerHooks: CareerHooksProcess;
let browser: Browser;
let dataDir: string;

/** What the page asked for, and what the browser complained of. */
let requests: string[];
let complaints: string[];

async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`));
  await page.goto(`${careerHooks.url}/connect`);
  return page;
}

async function signIn(page: Page, token = careerHooks.token): Promise<void> {
  await page.fill('#admin-token', token);
  await page.click('#sign-in-form button');
}

/** What the API says that the token on the page is for. */
async function tokenOn(page: Page): Promise<{ token: string; me: unknown }> {
  await page.waitForSelector('#result:not([hidden])');
  const token = await page.inputValue('#token');
  return { token, me: (await careerHooks.call('GET', '/v1/me', undefined, { token })).body };
}

describeWith(['chromium'], 'the page at /connect', () => {
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'careerhooks-connect-'));
    [browser, careerHooks] = await Promise.all([
      startBrowser(),
      instanceSettings(dataDir).then((settings) => startCareerHooksProcess(settings)),
    ]);
  });
  afterAll(async () => {
    await browser.close();
    await careerHooks.end('SIGTERM');
    await rm(dataDir, { recursive: true, force: true });
  });
  beforeEach(() => {
    requests = [];
    complaints = [];
  });

  it('makes a token for n8n with the admin token, and keeps neither anywhere', async () => {
    const page = await open();
    await signIn(page);
    await page.waitForSelector('#choose:not([hidden])');
    await page.selectOption('#system', 'pathfinder');
    await page.fill('#user', 'user_7');
    await page.click('#choose-form button');
    const { token, me } = await tokenOn(page);
    expect(me).toEqual({ kind: 'key', system: 'pathfinder', user: 'user_7', scopes: ['manage'] });
    expect(await page.inputValue('#base-url')).toBe(careerHooks.url);
    expect(await page.textContent('#about-token')).toContain('Pathfinder');

    const kept = await page.evaluate<string>(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href])',
    );
    for (const secret of [careerHooks.token, token]) {
      expect([kept, ...requests].join('\n')).not.toContain(secret);
      expect(careerHooks.output()).not.toContain(secret);
    }
    expect(await page.inputValue('#admin-token')).toBe('');
    await page.goto(`${careerHooks.url}/healthz`);
    await page.goBack();
    await page.waitForSelector('#sign-in:not([hidden])');
    expect(await page.inputValue('#token')).toBe('');
    expect(requests.every((line) => line.includes(` ${careerHooks.url}/`))).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('lets workflows publish where that is asked for, and makes another token after the first', async () => {
    const page = await open();
    await signIn(page);
    await page.waitForSelector('#choose:not([hidden])');
    await page.click('#choose-form button');
    const first = await tokenOn(page);
    await page.click('#again');
    await page.selectOption('#system', 'roleready');
    await page.check('#publish');
    await page.click('#choose-form button');
    const second = await tokenOn(page);
    expect(second.me).toMatchObject({ system: 'roleready', scopes: ['publish', 'manage'] });
    expect(second.token).not.toBe(first.token);
  });

  it('is used by keyboard alone', async () => {
    const page = await open();
    const { keyboard } = page;
    await keyboard.type(careerHooks.token);
    await keyboard.press('Enter');
    await page.waitForSelector('#choose:not([hidden])');
    await keyboard.press('Tab');
    await keyboard.press('R');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    expect((await tokenOn(page)).me).toMatchObject({ system: 'roleready' });
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Paste both');
  });

  it('copies, and says so', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await signIn(page);
    await page.click('#choose-form button');
    const { token } = await tokenOn(page);
    await page.click('[data-copies=token]');
    await page.waitForSelector('#status:has-text("Token: copied.")');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(token);
  });

  it('says what is wrong: an unknown token, one that no header can hold, a user where there are none', async () => {
    const page = await open();
    await signIn(page, 'chk_nobody-knows-it');
    await page.waitForSelector('#alert:has-text("not known")');
    await signIn(page, 'the token…');
    await page.waitForSelector('#alert:has-text("no spaces")');
    await signIn(page);
    await page.waitForSelector('#choose:not([hidden])');
    expect(await page.textContent('#alert')).toBe('');
    await page.selectOption('#system', 'cv');
    await page.fill('#user', 'user_1');
    await page.click('#choose-form button');
    await page.waitForSelector('#alert:has-text("no users")');
    expect(await page.isVisible('#result')).toBe(false);
  });

  it('tells whoever has a key already what it is for', async () => {
    const make = async (scopes: string[]): Promise<string> =>
      (await careerHooks.call('POST', '/v1/keys', { system: 'roleready', scopes })).body.token;
    const page = await open();
    const key = await make(['manage']);
    await signIn(page, key);
    expect((await tokenOn(page)).token).toBe(key);
    expect(await page.textContent('#about-token')).toContain('a token for n8n already');
    expect(await page.isVisible('#again')).toBe(false);
    const other = await open();
    await signIn(other, await make(['publish']));
    await tokenOn(other);
    expect(await other.textContent('#about-token')).toContain('can only publish');
  });

  it('sends nothing where scripts are off', async () => {
    const page = await open({ javaScriptEnabled: false });
    await page.fill('#admin-token', careerHooks.token);
    const before = requests.length;
    await page.click('#sign-in-form button', { noWaitAfter: true });
    expect(await page.textContent('noscript')).toContain('needs JavaScript');
    expect(requests.slice(before)).toEqual([]);
    expect(page.url()).toBe(`${careerHooks.url}/connect`);
    // Nor would a browser that knows no policies: what has no name is not sent.
    expect(await page.isVisible('input[name], select[name]')).toBe(false);
  });

  it('warns where it came without HTTPS, but from this machine', async () => {
    const page = await open();
    expect(await page.isVisible('#insecure')).toBe(false);
    const local = new URL(careerHooks.url);
    await page.goto(`http://hooks.example.com:${local.port}/connect`);
    await page.waitForSelector('#insecure:not([hidden])');
  });

  it.each([320, 1280])('fits %i pixels', async (width) => {
    const page = await open({ colorScheme: 'dark' });
    await page.setViewportSize({ width, height: 800 });
    await signIn(page);
    await page.click('#choose-form button');
    await tokenOn(page);
    const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(wider)).toBe(0);
  });
});
