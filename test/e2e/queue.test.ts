import { spawnSync } from 'node:child_process';
import { type Load, startLoad } from '../support/publish-steadily';
import { startTestReceiver, type TestReceiver } from '../support/receiver';
import { waitUntil } from '../support/wait-until';
import { type ListedDelivery, settleDeliveries } from './support/deliveries';
import { type QueueStage, setQueueStage } from './support/queue-mode';
import { type Sink, startSink } from './support/sink';
import { triggered, type WorkflowNode } from './support/workflow';

/*
 * n8n's queue mode: QUEUE_EVENTS=200 QUEUE_LOCK_SECONDS=60 QUEUE_STALLED_SECONDS=30 is the long form,
 * with the times that n8n has of itself.
 */

/** Events of each test. */
const EVENTS = Number(process.env.QUEUE_EVENTS ?? 40);
/** Events a second: less than the worker does. */
const RATE = Number(process.env.QUEUE_RATE ?? 4);
const LOCK_SECONDS = Number(process.env.QUEUE_LOCK_SECONDS ?? 6);
const STALLED_SECONDS = Number(process.env.QUEUE_STALLED_SECONDS ?? 3);
/** Of the endpoint: outlasts what a worker that is gone still holds. */
const TIMEOUT_SECONDS = Number(process.env.QUEUE_TIMEOUT_SECONDS ?? 120);
/** How long each workflow works. */
const WORK_MS = 700;
/** For a machine that is slow, or has other things to do. */
const PATIENCE_MS = 400_000;

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const inCi = process.env.CI === 'true';
const withRedis = hasRedis || inCi ? describe : describe.skip;

withRedis(`in queue mode${hasRedis ? '' : ', which needs redis-server'}`, () => {
  let stage: QueueStage;
  let work: TestReceiver;
  let sink: Sink;

  beforeAll(async () => {
    [stage, work, sink] = await Promise.all([
      setQueueStage(LOCK_SECONDS, STALLED_SECONDS),
      startTestReceiver(),
      startSink(),
    ]);
    work.answer = () => ({ delayMs: WORK_MS });
  }, 400_000);

  afterAll(() => Promise.all([stage.stop(), work.stop(), sink.stop()]));

  const call: Parameters<typeof startLoad>[0] = (...args) => stage.careerHooks().call(...args);

  /** A node that takes its time, and gives on what came. */
  const working = (): Pick<WorkflowNode, 'name' | 'type' | 'typeVersion' | 'parameters'> => ({
    name: 'Work',
    type: 'n8n-nodes-base.httpRequest',
    typeVersion: 4.2,
    parameters: { method: 'POST', url: work.url },
  });

  async function accepted(load: Load, count: number): Promise<void> {
    await waitUntil(
      () => Promise.resolve(load.accepted.size),
      (size) => size >= count,
      PATIENCE_MS,
    );
  }

  /** Publishes, and kills each of n8n's processes in turn; resolves once nothing is under way. */
  async function killEach(prefix: string): Promise<ListedDelivery[]> {
    const userOf = () => 'user_1';
    const load = startLoad(call, { prefix, perSecond: RATE, userOf, onPublish: () => undefined });
    for (const [index, name] of (['worker', 'webhook', 'main'] as const).entries()) {
      await accepted(load, Math.floor((EVENTS * (index + 1)) / 4));
      await stage.processes[name].kill();
      await accepted(load, load.accepted.size + 2 * RATE);
      await stage.processes[name].restart();
    }
    await accepted(load, EVENTS);
    await load.stop();
    expect(load.refused).toEqual([]);
    return settleDeliveries(call, PATIENCE_MS);
  }

  function tell(what: string, deliveries: ListedDelivery[], prefix: string) {
    const ran = sink.ranFor();
    const ids = [...new Set(deliveries.map(({ event_id }) => event_id))].filter((id) =>
      id.startsWith(prefix),
    );
    const lost = ids.filter((id) => !ran.has(id));
    const twice = ids.filter((id) => (ran.get(id) ?? 0) > 1);
    process.stdout.write(
      `${what}: of ${ids.length} events, ${lost.length} never got to the end of the workflow, ` +
        `${twice.length} more than once.\n`,
    );
    return lost;
  }

  it.each([
    ['lastNode', 'When the workflow has succeeded'],
    ['onReceived', 'At once'],
  ])(
    '%s: every event is delivered, whichever process is killed',
    async (acknowledge, name) => {
      const credential = await stage.credential('roleready');
      const workflow = await stage.n8n.createWorkflow(
        triggered(
          name,
          credential,
          {
            system: 'roleready',
            events: ['*'],
            acknowledge,
            options: { timeout: TIMEOUT_SECONDS },
          },
          [working(), sink.node],
        ),
      );
      await stage.n8n.publish(workflow);
      const deliveries = await killEach(acknowledge);
      await new Promise((resolve) => setTimeout(resolve, 10_000));
      const lost = tell(name, deliveries, acknowledge);
      // Acknowledged at once, those that the worker had in hand are gone: by chance some, or none.
      if (acknowledge === 'lastNode') expect(lost).toEqual([]);
      await stage.n8n.unpublish(workflow);
    },
    600_000,
  );
});
