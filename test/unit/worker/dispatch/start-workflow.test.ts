import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { ClaimedCvChange } from '@careerhooks/store';
import type { WorkflowTarget } from '../../../../worker/src/dispatch/start-once';
import {
  startBurst,
  startCvUpdate,
  startDelivery,
  type StartedDelivery,
} from '../../../../worker/src/dispatch/start-workflow';

/** A Temporal that takes starts, and what it was asked for. */
function temporal({ searchAttributes = true, refusal = undefined as Error | undefined } = {}) {
  const starts: [string, Record<string, unknown>][] = [];
  const client = {
    workflow: {
      start(type: string, options: Record<string, unknown>) {
        starts.push([type, options]);
        return refusal === undefined ? Promise.resolve({}) : Promise.reject(refusal);
      },
    },
  } as unknown as Client;
  return { target: { client, searchAttributes } satisfies WorkflowTarget, starts };
}

const delivery: StartedDelivery = {
  id: 'dlv_1',
  system: 'roleready',
  type: 'resume.parsed',
  endpointId: 'ep_1',
  url: 'https://hooks.example.com/secret-path?token=secret',
  attempts: 0,
  nextAttemptAt: Date.now(),
  expiresAt: Date.now() + 86_400_000,
};
const change: ClaimedCvChange = { id: 'change_1', action: 'update', section: 'skills' };

const starts: [string, string, (target: WorkflowTarget) => Promise<'started' | 'running'>][] = [
  ['delivery', 'delivery/dlv_1', (target) => startDelivery(target, delivery)],
  ['burst', 'burst/burst_1', (target) => startBurst(target, 'burst_1')],
  ['cvUpdate', 'cv-update/change_1', (target) => startCvUpdate(target, change)],
];

describe.each(starts)('the workflow %s', (type, workflowId, start) => {
  test('is started eagerly, by the id that it is known by', async () => {
    const { target, starts: asked } = temporal();
    expect(await start(target)).toBe('started');
    expect(asked).toEqual([
      [type, expect.objectContaining({ workflowId, requestEagerStart: true })],
    ]);
  });

  test('that runs already is left to run', async () => {
    const refusal = new WorkflowExecutionAlreadyStartedError('it runs', workflowId, type);
    expect(await start(temporal({ refusal }).target)).toBe('running');
  });

  test('that cannot be started is told of', async () => {
    const { target } = temporal({ refusal: new Error('not in time') });
    await expect(start(target)).rejects.toThrow('not in time');
  });

  test('sets no search attributes where the cluster has none of ours', async () => {
    const { target, starts: asked } = temporal({ searchAttributes: false });
    await start(target);
    expect(asked[0]![1]).toMatchObject({
      typedSearchAttributes: [],
      args: [expect.objectContaining({ searchAttributes: false })],
    });
  });
});

test('a delivery is found by system, type, endpoint and status, and shows the host alone', async () => {
  const { target, starts: asked } = temporal();
  await startDelivery(target, delivery);
  const attributes = asked[0]![1].typedSearchAttributes as {
    key: { name: string };
    value: string;
  }[];
  expect(Object.fromEntries(attributes.map(({ key, value }) => [key.name, value]))).toEqual({
    CareerHooksSystem: 'roleready',
    CareerHooksEventType: 'resume.parsed',
    CareerHooksEndpoint: 'ep_1',
    CareerHooksStatus: 'pending',
  });
  const shown = JSON.stringify(asked);
  expect(shown).toContain('hooks.example.com');
  expect(shown).not.toContain('secret');
});
