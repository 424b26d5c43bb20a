import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
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
 * in the Chromium at CHROMIUM_PATH, by default /usr/bin/chromium.
 */

const IMAGES = join(ROOT, 'docs/images');

/** What the pictures need of Playwright, which n8n brings along. */
interface Page {
  goto(url: string, options?: { waitUntil: 'networkidle' }): Promise<unknown>;
  fill(selector: string, text: string): Promise<void>;
  click(selector: string): Promise<void>;
  waitForSelector(selector: string): Promise<unknown>;
  waitForURL(url: RegExp): Promise<void>;
  waitForTimeout(milliseconds: number): Promise<void>;
  screenshot(options: { path: string }): Promise<unknown>;
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
  page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
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

it('the node', async () => {
  const node = {
    name: 'CareerHooks',
    type: 'n8n-nodes-careerhooks.careerHooks',
    typeVersion: 1,
    credentials: roleready,
    parameters: {
      resource: 'event',
      operation: 'publish',
      system: 'roleready',
      type: 'resume.parsed',
      user: 'user_1',
    },
  };
  const start = {
    name: 'Start',
    type: 'n8n-nodes-base.manualTrigger',
    typeVersion: 1,
    parameters: {},
  };
  await show(chain('Publish', [start, node]), 'CareerHooks');
  await page.screenshot({ path: join(IMAGES, 'n8n-action.png') });
});

it('a template', async () => {
  const text = await readFile(join(ROOT, 'examples/failures-to-slack.json'), 'utf8');
  await show(JSON.parse(text) as NewWorkflow);
  await page.keyboard.press('1');
  await page.waitForTimeout(1000);
  await page.screenshot({ path: join(IMAGES, 'n8n-template.png') });
});
