import { waitUntil } from '../support/wait-until';
import { type Browser, type Page, startBrowser } from './support/browser';
import { PACKAGE } from './support/package';
import { startRegistry, type TestRegistry } from './support/registry';
import { OWNER } from './support/session';
import { setStage, type Stage } from './support/stage';
import { type StandIns, startStandIns } from './support/stand-ins';

/*
 * Goes through docs/n8n.md in n8n's editor, from an n8n that has nothing to a message in Slack, and counts
 * what it takes:
 *
 *   npx jest --selectProjects pictures --testPathPatterns walk
 *
 * Where n8n's screens have changed it stops at the step whose words have to change with them.
 */

const REGISTRY = 'registry.npmjs.org';
const SLACK = 'slack.com';

/** One step of the guide: what a person did, and how long a program took for it. */
interface Step {
  step: string;
  clicks: number;
  fields: number;
  seconds: number;
}

let standIns: StandIns;
let registry: TestRegistry;
let stage: Stage;
let browser: Browser;
let context: Awaited<ReturnType<Browser['newContext']>>;
let page: Page;
const steps: Step[] = [];

beforeAll(async () => {
  [standIns, registry, browser] = await Promise.all([
    startStandIns([REGISTRY, 'api.n8n.io', SLACK]),
    startRegistry(),
    startBrowser(),
  ]);
  standIns.servers[REGISTRY] = registry.url;
  standIns.answers[SLACK] = ({ path }) =>
    path.includes('conversations.list')
      ? { body: { ok: true, channels: [{ id: 'C1', name: 'careers' }], response_metadata: {} } }
      : { body: { ok: true, ts: '1', channel: 'C1', message: { text: '' } } };
  stage = await setStage(
    { ...standIns.env, ...registry.env(standIns.env.NODE_EXTRA_CA_CERTS) },
    false,
  );
  await registry.publish('1.0.0');
  context = await browser.newContext();
  page = await context.newPage();
  await page.setViewportSize({ width: 1280, height: 860 });
}, 400_000);

afterAll(async () => {
  const lines = steps.map(
    ({ step, clicks, fields, seconds }) =>
      `${step}: ${clicks} clicks, ${fields} fields, ${seconds} seconds`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
  await Promise.all([browser.close(), stage.stop(), registry.stop(), standIns.stop()]);
});

async function step(name: string, does: () => Promise<void>): Promise<void> {
  const counted: Step = { step: name, clicks: 0, fields: 0, seconds: 0 };
  steps.push(counted);
  const startedAt = Date.now();
  await does();
  counted.seconds = Math.round((Date.now() - startedAt) / 1000);
}

async function click(selector: string, on: Page = page): Promise<void> {
  await on.click(selector);
  steps.at(-1)!.clicks += 1;
}

async function fill(selector: string, text: string, on: Page = page): Promise<void> {
  await on.fill(selector, text);
  steps.at(-1)!.fields += 1;
}

const id = (testId: string): string => `[data-test-id=${testId}]`;

/** A new workflow, and in the list of nodes what is found by this word. */
async function findInNewWorkflow(word: string, on: Page = page): Promise<void> {
  await click(id('universal-add'), on);
  await click('text=New workflow', on);
  await click(id('canvas-plus-button'), on);
  await find(word, on);
}

async function find(word: string, on: Page = page): Promise<void> {
  await fill(
    `${id('node-creator-search-bar')} input, input${id('node-creator-search-bar')}`,
    word,
    on,
  );
  await click(`${id('item-iterator-item')}:has-text("${word}")`, on);
}

/** Chooses from a list that a field opens, once n8n has fetched it. */
async function choose(field: string, option: string): Promise<void> {
  await page.waitForTimeout(4000);
  await click(id(`parameter-input-${field}`));
  await click(`li:visible:has-text("${option}")`);
}

it('goes from an empty n8n to a message in Slack', async () => {
  await page.goto(`${stage.n8n.url}/signin`);
  await page.fill('input[name=emailOrLdapLoginId]', OWNER.email);
  await page.fill('input[name=password]', OWNER.password);
  await page.click(id('form-submit-button'));
  await page.waitForURL(/\/home\//);

  await step('Install the package', async () => {
    await click(id('main-sidebar-settings'));
    await click('text=Community nodes');
    await click('button:has-text("Install a community node")');
    await fill(`${id('package-name-input')} input, input${id('package-name-input')}`, PACKAGE);
    await click(id('user-agreement-checkbox'));
    await click(id('install-community-package-button'));
    await page.waitForSelector('text=Package installed');
  });

  const token = await makeToken();

  await step('The trigger and its credential', async () => {
    await page.goto(`${stage.n8n.url}/home/workflows`);
    await findInNewWorkflow('CareerHooks');
    await click('text=On new CareerHooks event');
    await click('text=Connect to CareerHooks');
    await fill(`${id('parameter-input-baseUrl')} input`, stage.careerHooks().url);
    await fill(`${id('parameter-input-token')} input`, token);
    await click('button:visible:has-text("Save")');
    await choose('events', 'Resume · resume.parsed');
    await click('text=Parameters');
  });

  await step('A test event', async () => {
    await click(id('trigger-execute-button'));
    await page.waitForSelector(id('trigger-listening'));
    await sendTest();
    await page.waitForSelector(`${id('output-panel')} >> text=evt_test`);
  });

  await step('Slack', async () => {
    await click(id('ndv-close-button'));
    await click(id('canvas-handle-plus'));
    await find('Slack');
    await click(`${id('node-creator-item-name')}:has-text("Send a message")`);
    await click('text=Connect to Slack');
    await fill(`${id('parameter-input-accessToken')} input`, 'xoxb-1');
    await click('button:visible:has-text("Save")');
    await choose('select', 'Channel');
    await click(id('rlc-input-container'));
    await click(`${id('rlc-item')}:has-text("careers")`);
    await fill(
      `${id('parameter-input-text')} input, ${id('parameter-input-text')} textarea`,
      'Parsed:',
    );
    await page.dragAndDrop(
      `${id('run-data-schema-node-name')}:has-text("fileName")`,
      id('parameter-input-text'),
    );
    await page.waitForSelector('text=$json.data.fileName');
  });

  await step('Publish', async () => {
    await click(id('ndv-close-button'));
    await click(id('workflow-open-publish-modal-button'));
    await click('[role=dialog] button:has-text("Publish")');
    await page.waitForSelector('text=Workflow published');
  });

  const data = {
    resumeId: 'r1',
    fileName: 'ada.pdf',
    parsedAt: '2026-11-28T08:00:00Z',
    success: true,
  };
  await step('An event', async () => {
    await stage.publish({ system: 'roleready', type: 'resume.parsed', data });
    await waitUntil(
      () => Promise.resolve(messages()),
      (all) => all.length > 0,
      60_000,
    );
  });
  expect(messages()).toEqual([expect.stringMatching(/^Parsed: +ada\.pdf/)]);
}, 500_000);

/** What Slack was told to say. */
function messages(): string[] {
  return standIns.requests
    .filter(({ path }) => path.endsWith('/chat.postMessage'))
    .map(({ body }) => (body as { text: string }).text);
}

/** By the link that somebody sends who has the admin token. */
async function makeToken(): Promise<string> {
  const { body } = await stage.careerHooks().call('POST', '/v1/invitations', {
    system: 'roleready',
    scopes: ['manage'],
  });
  const theirs = await context.newPage();
  await theirs.goto(body.url);
  await step('A token', async () => {
    await click('#invited-form button', theirs);
    await theirs.waitForSelector('#result:not([hidden])');
  });
  return theirs.inputValue('#token');
}

/** In another tab, while the trigger listens. */
async function sendTest(): Promise<void> {
  const tab = await context.newPage();
  await tab.goto(`${stage.n8n.url}/home/workflows`);
  await findInNewWorkflow('CareerHooks', tab);
  await click(`${id('node-creator-category-item')}:has-text("Actions")`, tab);
  await click('text=Send a test to an endpoint', tab);
  await click(id('rlc-input-container'), tab);
  await click(`${id('rlc-item')}:has-text("(test)")`, tab);
  await click(id('node-execute-button'), tab);
}
