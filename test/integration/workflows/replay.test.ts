import { resolve } from 'node:path';
import { Worker } from '@temporalio/worker';
import { readHistories, recordHistories } from '../../histories/record';

// RECORD_HISTORIES=1 npx jest test/integration/workflows/replay
if (process.env.RECORD_HISTORIES === '1') {
  test('records the histories', () => recordHistories(), 120_000);
}

test('workflows that are under way go on after an update: every recorded history replays', async () => {
  const histories = await readHistories();
  const codePath = resolve('worker/dist/workflow-bundle.js');
  const outcomes: Record<string, unknown> = {};
  for await (const { workflowId, error } of Worker.runReplayHistories(
    { workflowBundle: { codePath } },
    histories,
  )) {
    outcomes[workflowId] = error;
  }
  expect(outcomes).toEqual(
    Object.fromEntries(histories.map(({ workflowId }) => [workflowId, undefined])),
  );
  expect(histories.length).toBeGreaterThanOrEqual(5);
});
