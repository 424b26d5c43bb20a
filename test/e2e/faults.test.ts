import { copyFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '../support/wait-until';
import type { Execution } from './support/execution';
import { setStage, type Stage } from './support/stage';
import { triggered } from './support/workflow';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage.stop());

/** Ids of the events that a workflow was run for to its end. */
function ranFor(executions: Execution[]): string[] {
  return executions
    .filter(({ status }) => status === 'success')
    .map(({ data }) => {
      const [run] = data.resultData.runData['CareerHooks Trigger'] ?? [];
      return run?.data?.main[0]?.[0]?.json.id as string;
    })
    .sort();
}

describe('n8n is killed', () => {
  it('and loses no event: all that came before and after it run once', async () => {
    const { n8n } = stage;
    const credential = await stage.credential('resumebuilder');
    const workflow = await n8n.createWorkflow(
      triggered('Survives', credential, {
        system: 'resumebuilder',
        events: ['*'],
        acknowledge: 'lastNode',
        schedule: 'system',
      }),
    );
    await n8n.publish(workflow);
    const ids = Array.from({ length: 10 }, (_, number) => `evt_${number}`);
    for (const [number, id] of ids.entries()) {
      if (number === 5) await n8n.kill();
      await stage.publish({ system: 'resumebuilder', type: 'resume.created', id });
    }
    await n8n.restart();
    // What was under way when it was killed is an execution too, which did not succeed.
    const executions = await waitUntil(
      () => n8n.executions(workflow),
      (all) => ids.every((id) => ranFor(all).includes(id)),
      120_000,
    );
    expect(ranFor(executions)).toEqual(ids);
    expect(await stage.endpoints('resumebuilder')).toHaveLength(1);
    await n8n.unpublish(workflow);
  });
});

describe('CareerHooks is away', () => {
  it('and a workflow can be unpublished all the same', async () => {
    const { n8n } = stage;
    const credential = await stage.credential('pathfinder');
    const workflow = await n8n.createWorkflow(
      triggered('Left alone', credential, { system: 'pathfinder', events: ['*'] }),
    );
    await n8n.publish(workflow);
    await stage.stopCareerHooks();
    await n8n.unpublish(workflow);
    await stage.startCareerHooks();
    // What it left behind is taken over when it is published again.
    expect(await stage.endpoints('pathfinder')).toHaveLength(1);
    await n8n.publish(workflow);
    expect(await stage.endpoints('pathfinder')).toHaveLength(1);
    await n8n.unpublish(workflow);
    expect(await stage.endpoints('pathfinder')).toEqual([]);
  });

  it('and a workflow that cannot register says so instead of being published', async () => {
    const { n8n } = stage;
    const credential = await stage.credential('pathfinder');
    const workflow = await n8n.createWorkflow(
      triggered('Cannot register', credential, { system: 'pathfinder', events: ['*'] }),
    );
    await stage.stopCareerHooks();
    const url = stage.careerHooks().url;
    await expect(n8n.publish(workflow)).rejects.toThrow(`CareerHooks cannot be reached at ${url}`);
    await n8n.unpublish(workflow);
    await stage.startCareerHooks();
  });
});

describe('an older copy of the database is put back', () => {
  const databaseFiles = async () =>
    (await readdir(stage.dataDir)).filter((file) => /^careerhooks\.db(-\w+)?$/.test(file));

  it('and a registration that was made since is not lost', async () => {
    const { n8n, dataDir } = stage;
    const credential = await stage.credential('proposals');
    const workflow = await n8n.createWorkflow(
      triggered('Registered since', credential, { system: 'proposals', events: ['job.*'] }),
    );
    await stage.stopCareerHooks();
    const copied = await databaseFiles();
    for (const file of copied) await copyFile(join(dataDir, file), join(dataDir, `${file}.older`));
    await stage.startCareerHooks();
    await n8n.publish(workflow);
    const [registered] = await stage.endpoints('proposals');

    await stage.stopCareerHooks();
    for (const file of await databaseFiles()) await rm(join(dataDir, file));
    for (const file of copied) await copyFile(join(dataDir, `${file}.older`), join(dataDir, file));
    await stage.startCareerHooks();

    const [recovered] = await stage.endpoints('proposals');
    expect(recovered).toEqual(registered);
    expect(stage.careerHooks().output()).toContain(
      'the database is older than the journal of endpoints',
    );
    const event = await stage.publish({ system: 'proposals', type: 'job.created' });
    expect(ranFor(await n8n.waitForExecutions(workflow, 1))).toEqual([event.id]);
    await n8n.unpublish(workflow);
  });
});
