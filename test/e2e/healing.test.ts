import { join } from 'node:path';
import { waitUntil } from '../support/wait-until';
import { startN8n } from './support/n8n';
import { setStage, type Stage } from './support/stage';
import { triggered } from './support/workflow';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.stop());

/** A published workflow with a trigger for one system, its endpoint and its credential. */
async function published(system: string, parameters: Record<string, unknown> = {}) {
  const credential = await stage.credential(system);
  const workflow = await stage.n8n.createWorkflow(
    triggered(`Heals ${system}`, credential, { system, events: ['*'], ...parameters }),
  );
  await stage.n8n.publish(workflow);
  const [endpoint] = await stage.endpoints(system);
  return { credential: credential.careerHooksApi!, workflow, endpoint: endpoint! };
}

/** Publishes an event, and waits until the workflow has run so often in all. */
async function runs(workflow: { id: string }, count: number, system: string, type: string) {
  await stage.publish({ system, type });
  const all = await stage.n8n.waitForExecutions(workflow as never, count);
  expect(all.map(({ status }) => status)).toEqual(Array(count).fill('success'));
}

it('goes on with a replaced token, which no hook of n8n tells it of', async () => {
  const { credential, workflow, endpoint } = await published('roleready');
  const { body: keys } = await stage.careerHooks().call('GET', '/v1/keys?limit=200');
  const old = (keys.data as { id: string; system: string }[]).find(
    (key) => key.system === 'roleready',
  );
  const { body: key } = await stage.careerHooks().call('POST', '/v1/keys', {
    system: 'roleready',
    scopes: ['publish', 'manage'],
  });
  await stage.careerHooks().call('DELETE', `/v1/keys/${old!.id}`);
  expect(await stage.endpoints('roleready')).toMatchObject([
    { id: endpoint.id, warnings: [{ code: 'key_revoked' }] },
  ]);
  await stage.n8n.rest('PATCH', `/rest/credentials/${credential.id}`, {
    name: credential.name,
    type: 'careerHooksApi',
    data: { baseUrl: stage.careerHooks().url, token: key.token as string },
  });

  await runs(workflow, 1, 'roleready', 'resume.parsed');
  expect(await stage.endpoints('roleready')).toMatchObject([{ id: endpoint.id, warnings: [] }]);
  await runs(workflow, 2, 'roleready', 'resume.parsed');
  await stage.n8n.unpublish(workflow);
});

it('goes on when CareerHooks has another secret for it, as after a restored backup', async () => {
  const { workflow, endpoint } = await published('resumebuilder');
  const rotate = { secret: 'a-secret-from-before', overlap_seconds: 0 };
  await stage.careerHooks().call('POST', `/v1/endpoints/${endpoint.id}/rotate-secret`, rotate);
  await runs(workflow, 1, 'resumebuilder', 'resume.created');
  await stage.n8n.unpublish(workflow);
});

it('moves to the URL that n8n has since WEBHOOK_URL was changed, with the first event at the old one', async () => {
  const { workflow, endpoint } = await published('proposals');
  await stage.n8n.kill();
  const moved = stage.n8n.url.replace('127.0.0.1', 'localhost');
  await stage.n8n.restart({ WEBHOOK_URL: moved });
  await runs(workflow, 1, 'proposals', 'proposal.created');
  await waitUntil(
    () => stage.endpoints('proposals'),
    (all) => all.length === 1 && all[0]!.url.startsWith(moved),
  );
  expect((await stage.endpoints('proposals'))[0]!.id).toBe(endpoint.id);
  await runs(workflow, 2, 'proposals', 'proposal.created');
  await stage.n8n.unpublish(workflow);
});

it('leaves the original alone where a workflow is copied to another n8n', async () => {
  const { credential, workflow, endpoint } = await published('pathfinder');
  const other = await startN8n({ N8N_ENCRYPTION_KEY: 'another encryption key' });
  try {
    const file = join(stage.dataDir, 'exported.json');
    await stage.n8n.command('export:workflow', `--id=${workflow.id}`, `--output=${file}`);
    await other.command('import:workflow', `--input=${file}`);
    const key = await stage.careerHooks().call('POST', '/v1/keys', {
      system: 'pathfinder',
      scopes: ['manage'],
    });
    const copied = await other.createCredential({
      name: credential.name,
      type: 'careerHooksApi',
      data: { baseUrl: stage.careerHooks().url, token: key.body.token as string },
    });
    const imported = await other.rest<typeof workflow>('GET', `/rest/workflows/${workflow.id}`);
    const nodes = imported.nodes.map((node) => ({
      ...node,
      credentials: { careerHooksApi: { id: copied.id, name: credential.name } },
    }));
    const { versionId, name, connections, settings } = imported;
    const changed = { versionId, name, nodes, connections, settings };
    const ready = await other.rest<typeof workflow>(
      'PATCH',
      `/rest/workflows/${workflow.id}`,
      changed,
    );
    await other.publish(ready);
    const all = await stage.endpoints('pathfinder');
    expect(all.map(({ id }) => id)).toContain(endpoint.id);
    expect(all).toHaveLength(2);
    expect(new Set(all.map(({ registered_by }) => registered_by?.instance)).size).toBe(2);

    await other.unpublish(ready);
    expect(await stage.endpoints('pathfinder')).toMatchObject([{ id: endpoint.id }]);
    await runs(workflow, 1, 'pathfinder', 'user.created');
  } finally {
    await other.stop();
  }
});

it('keeps what comes while its workflow cannot be published, and goes on once it can', async () => {
  const { n8n } = stage;
  const { workflow, endpoint } = await published('cv');
  const broken = await n8n.changeWorkflow(workflow, { system: 'cv', events: ['cv.gone'] });
  await expect(n8n.publish(broken)).rejects.toThrow(/cv\.gone/);
  expect(await stage.endpoints('cv')).toEqual([]);
  const { deliveries } = await stage.publish({ system: 'cv', type: 'cv.updated' });
  expect(deliveries).toBe(1);

  const mended = await n8n.changeWorkflow(broken, { system: 'cv', events: ['cv.updated'] });
  await n8n.publish(mended);
  const [execution] = await n8n.waitForExecutions(mended, 1);
  expect(execution?.status).toBe('success');
  expect(await stage.endpoints('cv')).toMatchObject([{ id: endpoint.id, events: ['cv.updated'] }]);
  await n8n.unpublish(mended);
});
