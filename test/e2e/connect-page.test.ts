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

async function open(
  options: Parameters<Browser['newContext']>[0] = {},
  url = `${careerHooks.url}/connect`,
): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`));
  await page.goto(url);
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
    await page.click('#choose-form button[value=token]');
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
    await page.click('#choose-form button[value=token]');
    const first = await tokenOn(page);
    await page.click('#again');
    await page.selectOption('#system', 'roleready');
    await page.check('#publish');
    await page.click('#choose-form button[value=token]');
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
    await page.click('#choose-form button[value=token]');
    const { token } = await tokenOn(page);
    await page.click('[data-copies=token]');
    await page.waitForSelector('#result .status:has-text("Token: copied.")');
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
    await page.click('#choose-form button[value=token]');
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

  it('makes a link for somebody else, who makes the token by it, once', async () => {
    const page = await open();
    await signIn(page);
    await page.waitForSelector('#choose:not([hidden])');
    await page.selectOption('#system', 'proposals');
    await page.click('#choose-form button[value=link]');
    await page.waitForSelector('#link:not([hidden])');
    const link = await page.inputValue('#url');
    const [place, code] = link.split('#');
    expect([place, code]).toEqual([`${careerHooks.url}/connect`, expect.stringMatching(/^chi_/)]);
    expect(await page.textContent('#about-link')).toContain('Proposal Generator');

    requests = [];
    const theirs = await open({}, link);
    expect(theirs.url()).toBe(place);
    expect(await theirs.isVisible('#admin-token')).toBe(false);
    await theirs.click('#invited-form button');
    expect((await tokenOn(theirs)).me).toMatchObject({ system: 'proposals', scopes: ['manage'] });
    expect(await theirs.textContent('#about-token')).toContain('Proposal Generator');
    expect(await theirs.isVisible('#again')).toBe(false);
    expect(requests.join('\n')).not.toContain(code);
    expect(careerHooks.output()).not.toContain(code);
    expect(complaints).toEqual([]);

    // In the page that is open already, a link loads nothing.
    await theirs.goto(link);
    await theirs.click('#invited-form button');
    await theirs.waitForSelector('#alert:has-text("was used")');
  });

  it('has nothing to fill in where scripts are off', async () => {
    const page = await open({ javaScriptEnabled: false });
    expect(await page.textContent('noscript')).toContain('needs JavaScript');
    expect(await page.isVisible('input')).toBe(false);
    // What has no name is not sent, whatever sends the form.
    expect(
      await page.evaluate('document.querySelectorAll("input[name], select[name]").length'),
    ).toBe(0);
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
    await page.click('#choose-form button[value=token]');
    await tokenOn(page);
    const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(wider)).toBe(0);
  });
});
