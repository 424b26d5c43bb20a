import { Worker } from '@temporalio/worker';
import { startTimeSkippingServer } from '../../support/temporal';

test('the time-skipping server sleeps for a day in no time', async () => {
  const { env, stop } = await startTimeSkippingServer();
  try {
    const worker = await Worker.create({
      connection: env.nativeConnection,
      taskQueue: 'day',
      workflowsPath: require.resolve('./workflows/sleep-a-day'),
    });
    const before = await env.currentTimeMs();
    const startedAt = Date.now();
    const result: unknown = await worker.runUntil(
      env.client.workflow.execute('sleepADay', { workflowId: 'day', taskQueue: 'day' }),
    );
    expect(result).toBe('rested');
    expect(Date.now() - startedAt).toBeLessThan(20_000);
    expect((await env.currentTimeMs()) - before).toBeGreaterThanOrEqual(86_400_000);
  } finally {
    await stop();
  }
});
