import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systems } from '@careerhooks/systems';
import { ROOT } from '../support/process';
import { startSmtpServer, type TestSmtpServer } from '../support/smtp-server';
import { waitUntil } from '../support/wait-until';
import { type Gate, startGate } from './support/gate';
import { setStage, type Stage } from './support/stage';
import { type StandIns, startStandIns } from './support/stand-ins';
import type { NewWorkflow } from './support/workflow';

/** Where templates send something. */
type Service = 'slack' | 'mail' | 'hubspot' | 's3';

const HOSTS = { slack: 'slack.com', hubspot: 'api.hubapi.com', s3: 's3.example.com' };

let standIns: StandIns;
let smtp: TestSmtpServer;
let gate: Gate;
let stage: Stage;

beforeAll(async () => {
  [standIns, smtp, gate] = await Promise.all([
    startStandIns(Object.values(HOSTS)),
    startSmtpServer(),
    startGate(),
  ]);
  stage = await setStage({ ...standIns.env, WEBHOOK_URL: gate.url });
  gate.leadsTo = stage.n8n.url;
  const { port } = new URL(smtp.url);
  for (const credential of [
    { name: 'Slack', type: 'slackApi', data: { accessToken: 'xoxb-1' } },
    { name: 'HubSpot', type: 'hubspotAppToken', data: { appToken: 'pat-1' } },
    {
      name: 'SMTP',
      type: 'smtp',
      data: { host: '127.0.0.1', port: Number(port), secure: false, disableStartTls: true },
    },
    {
      name: 'S3 storage',
      type: 's3',
      data: {
        endpoint: `https://${HOSTS.s3}`,
        region: 'eu-central-1',
        accessKeyId: 'access',
        secretAccessKey: 'secret',
        forcePathStyle: true,
      },
    },
  ]) {
    await stage.n8n.createCredential(credential);
  }
  for (const { key, name } of systems.values()) {
    await stage.credential(key, `CareerHooks (${name})`);
  }
});

afterAll(() => Promise.all([stage.stop(), standIns.stop(), smtp.stop(), gate.stop()]));

beforeEach(() => {
  standIns.requests.length = 0;
  smtp.messages.length = 0;
  accept();
});

/** From now on, every service takes what it is sent. */
function accept(): void {
  smtp.refuses = false;
  standIns.answers[HOSTS.slack] = () => ({ body: { ok: true, ts: '1', channel: 'C1' } });
  standIns.answers[HOSTS.hubspot] = () => ({ body: { vid: 1, isNew: true, dealId: 1 } });
  standIns.answers[HOSTS.s3] = () => ({ body: '<LocationConstraint/>' });
}

/** From now on, the service answers with an error of its own kind. */
function refuse(service: Service): void {
  if (service === 'mail') smtp.refuses = true;
  else {
    standIns.answers[HOSTS[service]] = {
      slack: () => ({ body: { ok: false, error: 'channel_not_found' } }),
      hubspot: () => ({ status: 400, body: { message: 'Property values were not valid' } }),
      s3: () => ({ status: 403, body: '<Error><Code>AccessDenied</Code></Error>' }),
    }[service];
  }
}

/** What a service was sent, as text to look into; of what it refused too. */
function sent(service: Service): string[] {
  if (service === 'mail') return smtp.messages;
  return standIns.requests
    .filter(({ host, method }) => host === HOSTS[service] && method !== 'GET')
    .map(({ path, body }) => `${path} ${typeof body === 'string' ? body : JSON.stringify(body)}`);
}

async function importTemplate(file: string) {
  const text = await readFile(join(ROOT, 'examples', `${file}.json`), 'utf8');
  return stage.n8n.createWorkflow(JSON.parse(text) as NewWorkflow);
}

type Workflow = Awaited<ReturnType<typeof importTemplate>>;

/** The event fails, which people hear of; the workflow fails with it, so that it comes again, and is done. */
async function expectAgain(
  workflow: Workflow,
  {
    event,
    system,
    does,
    otherwise,
  }: { event: string } & Pick<Case, 'system' | 'does' | 'otherwise'>,
): Promise<void> {
  const api = stage.careerHooks();
  const [endpoint] = await stage.endpoints(system);
  const query = `event=${event}&endpoint=${endpoint!.id}`;
  const { body } = await api.call('GET', `/v1/deliveries?${query}`);
  const path = `/v1/deliveries/${body.data[0].id}`;
  const failed = await waitUntil(
    () => stage.n8n.executions(workflow),
    (all) => all.some(({ status }) => status === 'error'),
    60_000,
  );
  const { error } = failed.find(({ status }) => status === 'error')!.data.resultData;
  expect(error?.message).toMatch(/^(Slack|HubSpot|The mail server|The PDF) .+: ./);
  expect(sent(otherwise[0])).toEqual([expect.stringMatching(otherwise[1])]);
  expect(sent(otherwise[0])[0]).toContain('CareerHooks tries it again.');

  accept();
  const refused = sent(does[0]).length;
  await api.call('POST', `${path}/retry`);
  const delivered = await waitUntil(
    () => api.call('GET', path),
    (answer) => answer.body.status === 'delivered',
    60_000,
  );
  expect(delivered.body.outcome).toMatchObject({ status: 'done' });
  expect(sent(does[0]).length).toBeGreaterThan(refused);
  expect(sent(does[0]).at(-1)).toMatch(does[1]);
  // Attempts in between, if any, told nobody.
  expect(sent(otherwise[0])).toHaveLength(1);
}

interface Case {
  file: string;
  system: string;
  type: string;
  data?: Record<string, unknown>;
  /** Where the news goes, and what is found in it. */
  does: [Service, RegExp];
  /** Where it goes if that fails, and what is found in it. */
  otherwise: [Service, RegExp];
}

const CASES: Case[] = [
  {
    file: 'resume-parsed-to-slack',
    system: 'roleready',
    type: 'resume.parsed',
    does: ['slack', /chat\.postMessage.*#careerhooks.*john_doe_resume\.pdf/],
    otherwise: ['mail', /john_doe_resume\.pdf[^]*channel_not_found/],
  },
  {
    file: 'low-ats-score-to-email',
    system: 'roleready',
    type: 'ats.check_completed',
    data: {
      resumeId: 'res_1',
      score: 55.5,
      matchedKeywords: 4,
      missingKeywords: 9,
      completedAt: '2026-01-31T10:05:00Z',
    },
    does: ['mail', /Subject: ATS score 55\.5[^]*res_1 scored 55\.5/],
    otherwise: ['slack', /res_1 could not be sent.*refused/],
  },
  {
    file: 'user-created-to-hubspot',
    system: 'pathfinder',
    type: 'user.created',
    does: ['hubspot', /createOrUpdate\/email\/john@example\.com.*"firstname","value":"John"/],
    otherwise: ['slack', /user_123/],
  },
  {
    file: 'failures-to-slack',
    system: 'proposals',
    type: 'job.failed',
    does: ['slack', /job\.failed.*job_123.*Error message/],
    otherwise: ['mail', /job_123 failed: Error message[^]*channel_not_found/],
  },
  {
    file: 'failures-to-slack',
    system: 'resumebuilder',
    type: 'export.failed',
    does: ['slack', /export\.failed.*7f9c24e8.*Error message/],
    otherwise: ['mail', /7f9c24e8[^]*failed: Error message[^]*channel_not_found/],
  },
  {
    file: 'proposal-created-to-hubspot',
    system: 'proposals',
    type: 'proposal.created',
    does: ['hubspot', /deal.*"dealname","value":"AI Research Proposal"/],
    otherwise: ['slack', /prop_123/],
  },
];

it.each(CASES)('$file: $type, once; and again where it fails', async (template) => {
  const { system, type, data, does, otherwise } = template;
  const event = { system, type, ...(data !== undefined && { data }) };
  const workflow = await importTemplate(template.file);
  await stage.n8n.publish(workflow);

  await stage.publish(event);
  await stage.n8n.waitForExecutions(workflow, 1);
  expect(sent(does[0])).toEqual([expect.stringMatching(does[1])]);
  expect(sent(otherwise[0])).toEqual([]);

  expect(await gate.repeat()).toBe(200);
  await stage.n8n.waitForExecutions(workflow, 2);
  expect(sent(does[0])).toHaveLength(1);

  refuse(does[0]);
  const { id } = await stage.publish(event);
  await expectAgain(workflow, { event: id, system, does, otherwise });
  await stage.n8n.unpublish(workflow);
});

it('low-ats-score-to-email: sends nothing where the score is good', async () => {
  const workflow = await importTemplate('low-ats-score-to-email');
  await stage.n8n.publish(workflow);
  await stage.publish({ system: 'roleready', type: 'ats.check_completed' });
  await stage.n8n.waitForExecutions(workflow, 1);
  expect(smtp.messages).toEqual([]);
  await stage.n8n.unpublish(workflow);
});

it('resume-parsed-to-slack: a file name cannot address the whole channel', async () => {
  const workflow = await importTemplate('resume-parsed-to-slack');
  await stage.n8n.publish(workflow);
  const data = { resumeId: 'r', parsedAt: '2026-01-31T10:05:00Z', success: true };
  await stage.publish({
    system: 'roleready',
    type: 'resume.parsed',
    data: { ...data, fileName: '<!channel>.pdf' },
  });
  await stage.n8n.waitForExecutions(workflow, 1);
  expect(sent('slack')).toEqual([expect.stringContaining('&lt;!channel&gt;.pdf')]);
  await stage.n8n.unpublish(workflow);
});

it('cv-pdf-to-s3: a changed CV, once; and again where it fails', async () => {
  const workflow = await importTemplate('cv-pdf-to-s3');
  await stage.n8n.publish(workflow);
  const change = async (title: string) => {
    const wanted = { action: 'update', section: 'personalInfo', data: { title } };
    const { status } = await stage.careerHooks().call('POST', '/v1/cv/changes', wanted);
    expect(status).toBe(200);
  };

  const does: Case['does'] = ['s3', /^\/cv-archive\/cv-\d{4}-\d\d-\d\d-\S+\.pdf\S* %PDF/];
  await change('Engineer');
  await stage.n8n.waitForExecutions(workflow, 1);
  expect(sent('s3')).toEqual([expect.stringMatching(does[1])]);

  expect(await gate.repeat()).toBe(200);
  await stage.n8n.waitForExecutions(workflow, 2);
  expect(sent('s3')).toHaveLength(1);

  refuse('s3');
  await change('Senior Engineer');
  await stage.n8n.waitForExecutions(workflow, 3);
  const { body } = await stage.careerHooks().call('GET', '/v1/events?type=cv.pdf_regenerated');
  await expectAgain(workflow, {
    event: body.data[0].id,
    system: 'cv',
    does,
    otherwise: ['slack', /could not be archived/],
  });
  await stage.n8n.unpublish(workflow);
});
