import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { resources } from '../../nodes/CareerHooks/resources';
import { ROOT } from '../support/process';
import { installN8n } from './support/install-n8n';
import { OWNER } from './support/session';
import { type NodeCredential, setStage, type Stage } from './support/stage';
import { chain, type NewWorkflow, triggered } from './support/workflow';

/*
 * Takes the pictures of the documentation in n8n's editor:
 *
 *   npx jest --selectProjects pictures
 *
 * in the Chromium at CHROMIUM_PATH, by default /usr/bin/chromium. With PICTURES_DIR, that folder gets
 * pictures of every panel, for whoever looks through them.
 */

const IMAGES = join(ROOT, 'docs/images');

const REVIEW = process.env.PICTURES_DIR;
const inReview = REVIEW === undefined ? describe.skip : describe;

const SCREEN = { width: 1280, height: 860 };
/** So that panels show all of their fields. */
const TALL_SCREEN = { width: 1280, height: 1500 };

/** What the pictures need of Playwright, which n8n brings along. */
interface Page {
  goto(url: string, options?: { waitUntil: 'networkidle' }): Promise<unknown>;
  fill(selector: string, text: string): Promise<void>;
  click(selector: string): Promise<void>;
  waitForSelector(selector: string): Promise<unknown>;
  waitForURL(url: RegExp): Promise<void>;
  waitForTimeout(milliseconds: number): Promise<void>;
  screenshot(options: { path: string }): Promise<unknown>;
  setViewportSize(size: { width: number; height: number }): Promise<void>;
  keyboard: { press(key: string): Promise<void> };
}

interface Browser {
  newPage(options: { viewport: { width: number; height: number } }): Promise<Page>;
  close(): Promise<void>;
}

interface Playwright {
  chromium: {
    launch(options: { executablePath: string; args: string[] }): Promise<Browser>;
  };
}

let stage: Stage;
let browser: Browser;
let page: Page;
let roleready: NodeCredential;

beforeAll(async () => {
  const { modules } = await installN8n((line) => process.stderr.write(`${line}\n`));
  const { chromium } = createRequire(join(modules, 'n8n/'))('playwright-core') as Playwright;
  [stage, browser] = await Promise.all([
    setStage(),
    chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    }),
  ]);
  await mkdir(IMAGES, { recursive: true });
  roleready = await stage.credential('roleready', 'CareerHooks (RoleReady)');
  page = await browser.newPage({ viewport: SCREEN });
  await page.goto(`${stage.n8n.url}/signin`);
  await page.fill('input[name=emailOrLdapLoginId]', OWNER.email);
  await page.fill('input[name=password]', OWNER.password);
  await page.click('[data-test-id=form-submit-button]');

  await page.waitForURL(/\/home\//);
});

afterAll(() => Promise.all([browser.close(), stage.stop()]));

/** Opens the workflow, and the panel of one of its nodes. */
async function show(workflow: NewWorkflow, node?: string): Promise<void> {
  const { id, nodes } = await stage.n8n.createWorkflow(workflow);
  // Leaving a workflow that n8n thinks was changed would wait for an answer.
  await page.goto('about:blank');
  const panel = nodes.find(({ name }) => name === node)?.id;
  await page.goto(`${stage.n8n.url}/workflow/${id}${panel === undefined ? '' : `/${panel}`}`);

  await page.waitForSelector(
    panel === undefined ? '[data-test-id=canvas-node]' : '[data-test-id=parameter-item]',
  );
  await page.waitForTimeout(4000);
}

it('the trigger', async () => {
  const parameters = { system: 'roleready', events: ['resume.parsed', 'ats.*'] };
  await show(triggered('Parsed résumés', roleready, parameters), 'CareerHooks Trigger');
  await page.screenshot({ path: join(IMAGES, 'n8n-trigger.png') });
});

const START = {
  name: 'Start',
  type: 'n8n-nodes-base.manualTrigger',
  typeVersion: 1,
  parameters: {},
};

/** A workflow that is started by hand and does one thing. */
function doing(name: string, parameters: Record<string, unknown>): NewWorkflow {
  const node = {
    name: 'CareerHooks',
    type: 'n8n-nodes-careerhooks.careerHooks',
    typeVersion: 1,
    credentials: roleready,
    parameters,
  };
  return chain(name, [START, node]);
}

const PUBLISHING = {
  resource: 'event',
  operation: 'publish',
  system: 'roleready',
  type: 'resume.parsed',
  user: 'user_1',
};

it('the node', async () => {
  await show(doing('Publish', PUBLISHING), 'CareerHooks');
  await page.screenshot({ path: join(IMAGES, 'n8n-action.png') });
});

it('an item that failed', async () => {
  const data = { specifyData: 'json', data: '{ "fileName": "cv.pdf" }' };
  await show(doing('Publish what is not whole', { ...PUBLISHING, ...data }), 'CareerHooks');
  await page.click('[data-test-id=node-execute-button]');
  await page.waitForSelector('[data-test-id=node-error-message]');
  await page.waitForTimeout(1000);
  await page.screenshot({ path: join(IMAGES, 'n8n-item-error.png') });
});

it('a publication that failed', async () => {
  const { id, name } = await stage.n8n.createCredential({
    name: 'CareerHooks (token replaced)',
    type: 'careerHooksApi',
    data: { baseUrl: stage.careerHooks().url, token: 'chk_replaced' },
  });
  const parameters = { system: 'roleready', events: ['resume.parsed'] };
  await show(triggered('Cannot be published', { careerHooksApi: { id, name } }, parameters));
  await page.click('[data-test-id=workflow-open-publish-modal-button]');
  await page.waitForSelector('[data-test-id=workflow-publish-button]');
  await page.waitForTimeout(500);
  await page.click('[data-test-id=workflow-publish-button]');
  // n8n tries it five times before it says so.
  await page.waitForTimeout(30_000);
  await page.screenshot({ path: join(IMAGES, 'n8n-publication-error.png') });
});

it('a template', async () => {
  const text = await readFile(join(ROOT, 'examples/failures-to-slack.json'), 'utf8');
  await show(JSON.parse(text) as NewWorkflow);
  await page.keyboard.press('1');
  await page.waitForTimeout(1000);
  await page.screenshot({ path: join(IMAGES, 'n8n-template.png') });
});

inReview('every panel', () => {
  beforeAll(async () => {
    await mkdir(REVIEW ?? '', { recursive: true });
    await page.setViewportSize(TALL_SCREEN);
  });

  it('of the trigger, with all options', async () => {
    const options = {
      description: 'Résumés to Slack',
      holdMinutes: 15,
      ordered: false,
      maxRetries: 3,
      timeout: 120,
      user: 'user_1',
    };
    const parameters = { system: 'roleready', events: ['resume.parsed'], options };
    await show(triggered('All options', roleready, parameters), 'CareerHooks Trigger');
    await page.screenshot({ path: join(REVIEW ?? '', 'trigger.png') });
  });

  const operations = Object.entries(resources).flatMap(([resource, { operations }]) =>
    Object.keys(operations).map((operation) => [resource, operation]),
  );

  it.each(operations)('of %s: %s', async (resource, operation) => {
    await show(doing(`${resource} ${operation}`, { resource, operation }), 'CareerHooks');
    await page.screenshot({ path: join(REVIEW ?? '', `${resource}-${operation}.png`) });
  });
});
