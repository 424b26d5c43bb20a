import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../support/process';
import { startN8n, type TestN8n } from './support/n8n';
import { chain, type NewWorkflow } from './support/workflow';

let n8n: TestN8n;
beforeAll(async () => {
  n8n = await startN8n();
});
afterAll(() => n8n.stop());

/** What n8n's "Migration Report" says of its own 3.0. */
interface Report {
  report: {
    targetVersion: string;
    workflowResults: { ruleId: string; nbAffectedWorkflows: number }[];
    instanceResults: { ruleId: string }[];
  };
}

const ask = (): Promise<Report> =>
  n8n.rest('POST', '/rest/breaking-changes/report/refresh?version=v3');

it('finds nothing in the templates that n8n 3 takes away', async () => {
  const examples = join(ROOT, 'examples');
  for (const file of await readdir(examples)) {
    if (!file.endsWith('.json')) continue;
    const text = await readFile(join(examples, file), 'utf8');
    await n8n.createWorkflow(JSON.parse(text) as NewWorkflow);
  }
  const { report } = await ask();
  expect(report.targetVersion).toBe('v3');
  expect(report.workflowResults.map(({ ruleId }) => ruleId)).toEqual([]);
});

it('would find something', async () => {
  const manual = {
    name: 'Start',
    type: 'n8n-nodes-base.manualTrigger',
    typeVersion: 1,
    parameters: {},
  };
  const old = { name: 'Old', type: 'n8n-nodes-base.function', typeVersion: 1, parameters: {} };
  await n8n.createWorkflow(chain('Old', [manual, old]));
  const { report } = await ask();
  expect(report.workflowResults).toEqual([expect.objectContaining({ nbAffectedWorkflows: 1 })]);
});

it('tells whoever has the package of the setting that n8n 3 loads it with', async () => {
  const { report } = await ask();
  expect(report.instanceResults.map(({ ruleId }) => ruleId)).toContain('unverified-packages-v3');
});
