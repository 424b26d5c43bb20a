import { mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/process';
import { type Browser, type Page, startBrowser } from './support/browser';
import { OWNER } from './support/session';
import { setStage, type Stage } from './support/stage';
import { chain, type NewWorkflow, triggered, type NodeCredential } from './support/workflow';

/*
 * Takes pictures of everything that n8n's editor shows of the package:
 *
 *   npx jest --selectProjects pictures
 *
 * in the Chromium at CHROMIUM_PATH, by default Debian's. Those that the documentation shows go to
 * docs/images; the others, which are there to be looked at, to a folder for temporary files.
 */

const IMAGES = join(ROOT, 'docs/images');
const OTHERS = join(tmpdir(), 'careerhooks-pictures');

const PANEL = '[data-test-id=parameter-item]';
const CANVAS = '[data-test-id=canvas-node]';

const START = {
  name: 'Start',
  type: 'n8n-nodes-base.manualTrigger',
  typeVersion: 1,
  parameters: {},
};

let stage: Stage;
let browser: Browser;
let page: Page;
let roleready: NodeCredential;

beforeAll(async () => {
  [stage, browser] = await Promise.all([setStage(), startBrowser()]);
  await Promise.all([IMAGES, OTHERS].map((folder) => mkdir(folder, { recursive: true })));
  roleready = await stage.credential('roleready', 'CareerHooks (RoleReady)');
  await stage.n8n.createCredential({
    name: 'Slack',
    type: 'slackApi',
    data: { accessToken: 'xoxb-1' },
  });
  page = await (await browser.newContext()).newPage();
  await page.setViewportSize({ width: 1280, height: 860 });
  await page.goto(`${stage.n8n.url}/signin`);
  await page.fill('input[name=emailOrLdapLoginId]', OWNER.email);
  await page.fill('input[name=password]', OWNER.password);
  await page.click('[data-test-id=form-submit-button]');
  await page.waitForURL(/\/home\//);
}, 300_000);

afterAll(async () => {
  process.stdout.write(`Pictures are in ${IMAGES} and ${OTHERS}.\n`);
  await Promise.all([browser.close(), stage.stop()]);
});

/** Opens the workflow, and the panel of one of its nodes. */
async function show(workflow: NewWorkflow, node?: string): Promise<void> {
  const { id, nodes } = await stage.n8n.createWorkflow(workflow);
  const panel = nodes.find(({ name }) => name === node)?.id;
  await page.goto(`${stage.n8n.url}/workflow/${id}${panel === undefined ? '' : `/${panel}`}`);

  await page.waitForSelector(panel === undefined ? CANVAS : PANEL);
  await settle();
}

/** Lists come from CareerHooks, and things move. */
const settle = (): Promise<void> => page.waitForTimeout(4000);

/** The whole workflow, as large as there is room for. */
async function fit(): Promise<void> {
  await page.keyboard.press('1');
  await page.waitForTimeout(1000);
}

const picture = (path: string): Promise<unknown> => page.screenshot({ path, fullPage: false });
const forDocs = (name: string): Promise<unknown> => picture(join(IMAGES, `n8n-${name}.png`));
const toLookAt = (name: string): Promise<unknown> => picture(join(OTHERS, `${name}.png`));

/** A CareerHooks node that does one thing. */
function action(resource: string, operation: string, parameters: Record<string, unknown> = {}) {
  return {
    name: 'CareerHooks',
    type: 'n8n-nodes-careerhooks.careerHooks',
    typeVersion: 1,
    credentials: roleready,
    parameters: { resource, operation, ...parameters },
  };
}

it('the trigger', async () => {
  const parameters = { system: 'roleready', events: ['resume.parsed', 'ats.*'] };
  await show(triggered('Parsed résumés', roleready, parameters), 'CareerHooks Trigger');
  await forDocs('trigger');
});

it('the trigger before anything is chosen', async () => {
  await show(triggered('Nothing chosen', {}, {}), 'CareerHooks Trigger');
  await toLookAt('trigger-empty');
});

it('the trigger while it listens, and the fields of the event for the next node', async () => {
  const slack = {
    name: 'Slack',
    type: 'n8n-nodes-base.slack',
    typeVersion: 2.3,
    parameters: {
      select: 'channel',
      channelId: { __rl: true, mode: 'name', value: '#careers' },
      text: '={{ $json.data.fileName }} was parsed',
    },
  };
  const parameters = { system: 'roleready', events: ['resume.parsed'] };
  await show(
    triggered('Parsed résumés to Slack', roleready, parameters, [slack]),
    'CareerHooks Trigger',
  );
  await page.click('[data-test-id=trigger-execute-button]');
  await page.waitForSelector('[data-test-id=trigger-listening]');
  await settle();
  await toLookAt('trigger-listening');
  const [endpoint] = await stage.endpoints('roleready');
  await stage.careerHooks().call('POST', `/v1/endpoints/${endpoint!.id}/test`);
  await page.waitForSelector('[data-test-id=trigger-execute-button]:has-text("Execute step")');
  await settle();
  await toLookAt('trigger-event');
  await page.click('[data-test-id=ndv-close-button]');
  await page.dblclick('[data-test-id=canvas-default-node]');
  await page.waitForSelector(PANEL);
  await settle();
  await forDocs('event');
});

it('publishing an event', async () => {
  const parameters = { system: 'roleready', type: 'resume.parsed', user: 'user_1' };
  await show(chain('Publish', [START, action('event', 'publish', parameters)]), 'CareerHooks');
  await forDocs('action');
});

it.each([
  ['event-types', 'eventType'],
  ['deliveries', 'delivery'],
  ['endpoints', 'endpoint'],
])('a list: %s', async (name, resource) => {
  const parameters = { system: 'roleready', events: ['resume.parsed'] };
  const listed = await stage.n8n.createWorkflow(triggered('Listed', roleready, parameters));
  await stage.n8n.publish(listed);
  await stage.publish({ system: 'roleready', type: 'resume.parsed' });
  await show(chain(name, [START, action(resource, 'getAll')]), 'CareerHooks');
  await page.click('[data-test-id=node-execute-button]');
  await settle();
  await toLookAt(name);
  await stage.n8n.unpublish(listed);
});

it('an event once only', async () => {
  const parameters = { system: 'roleready', events: ['resume.parsed'] };
  const skip = action('delivery', 'skipIfDone');
  await show(triggered('Once', roleready, parameters, [skip]), 'CareerHooks');
  await toLookAt('skip-if-done');
});

it('the credential', async () => {
  await page.goto(`${stage.n8n.url}/home/credentials/${roleready.careerHooksApi!.id}`);
  await page.waitForSelector('[data-test-id=parameter-input-token]');
  await settle();
  await toLookAt('credential');
});

it('one of twenty items that fails', async () => {
  const code =
    'return Array.from({ length: 20 }, (_, n) => ({ json: { resumeId: n === 7 ? null : `r${n}` } }));';
  const twenty = {
    name: 'Twenty',
    type: 'n8n-nodes-base.code',
    typeVersion: 2,
    parameters: { jsCode: code },
  };
  const node = action('event', 'publish', {
    system: 'roleready',
    type: 'resume.parsed',
    user: 'user_1',
    specifyData: 'json',
    data: '={{ { resumeId: $json.resumeId, fileName: "a.pdf", parsedAt: "2026-11-24T09:30:00Z", success: true } }}',
  });
  await show(chain('Errors', [START, twenty, { ...node, onError: 'continueErrorOutput' }]));
  await page.click('[data-test-id=execute-workflow-button]');
  await settle();
  await fit();
  await forDocs('error-output');
  await page.dblclick('[data-test-id=canvas-default-node]:has-text("CareerHooks")');
  await page.waitForSelector(PANEL);
  await settle();
  await toLookAt('error-panel');
  await page.click('[data-test-id=branches] >> text=Error Branch');
  await settle();
  await toLookAt('error-branch');
});

it('a publication that fails', async () => {
  const { body } = await stage.careerHooks().call('POST', '/v1/keys', {
    system: 'roleready',
    scopes: ['publish'],
  });
  const { id, name } = await stage.n8n.createCredential({
    name: 'CareerHooks (only to publish)',
    type: 'careerHooksApi',
    data: { baseUrl: stage.careerHooks().url, token: body.token },
  });
  const parameters = { system: 'roleready', events: ['resume.parsed'] };
  await show(triggered('Fails', { careerHooksApi: { id, name } }, parameters));
  await page.click('[data-test-id=workflow-open-publish-modal-button]');
  await page.click('[role=dialog] button:has-text("Publish")');
  await settle();
  await page.waitForSelector(
    '[data-test-id=workflow-open-publish-modal-button]:not(:has-text("Publishing"))',
  );
  await settle();
  await forDocs('failed');
});

it('a template', async () => {
  const text = await readFile(join(ROOT, 'examples/failures-to-slack.json'), 'utf8');
  await show(JSON.parse(text) as NewWorkflow);
  await fit();
  await forDocs('template');
});
