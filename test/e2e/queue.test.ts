import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLoad } from '../support/publish-steadily';
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
/** Nothing is to come after a pause of that length. */
const QUIET_MS = 15_000;
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

  /** Publishes, and kills each of n8n's processes in turn; resolves once nothing is under way. */
  async function killEach(prefix: string): Promise<ListedDelivery[]> {
    let wanted = 0;
    const load = startLoad(call, {
      prefix,
      perSecond: RATE,
      userOf: () => 'user_1',
      onPublish: () => undefined,
      holds: (accepted) => accepted >= wanted,
    });
    const publishTo = (share: number) => {
      wanted = Math.round(EVENTS * share);
      const size = () => Promise.resolve(load.accepted.size);
      return waitUntil(size, (accepted) => accepted >= wanted, PATIENCE_MS);
    };
    for (const [index, name] of (['worker', 'webhook', 'main'] as const).entries()) {
      await publishTo((index + 1) / 5);
      await stage.processes[name].kill();
      await publishTo((index + 1.5) / 5);
      await stage.processes[name].restart();
    }
    await publishTo(1);
    await load.stop();
    expect(load.refused).toEqual([]);
    return settleDeliveries(call, PATIENCE_MS);
  }

  /** Resolves once no workflow has got to its end for a while: what n8n has taken still runs. */
  async function quiet(): Promise<void> {
    for (let before = -1; before !== sink.ranFor().size;) {
      before = sink.ranFor().size;
      await sleep(QUIET_MS);
    }
  }

  /** Prints what came of the events; returns the ids of those that were lost. */
  function tell(what: string, deliveries: ListedDelivery[], prefix: string): string[] {
    const ran = sink.ranFor();
    const ids = [...new Set(deliveries.map(({ event_id }) => event_id))].filter((id) =>
      id.startsWith(prefix),
    );
    const lost = ids.filter((id) => !ran.has(id));
    const twice = ids.filter((id) => (ran.get(id) ?? 0) > 1);
    const own = deliveries.filter(({ event_id }) => event_id.startsWith(prefix));
    const attempts = own.filter(({ attempt_count }) => attempt_count > 1).length;
    process.stdout.write(
      `${what}: of ${ids.length} events, ${lost.length} never got to the end of the workflow, ` +
        `${twice.length} more than once; ${attempts} deliveries took more than one attempt.\n`,
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
            // Gone at once when it is unpublished, so that the next one's events go to that one alone.
            options: { timeout: TIMEOUT_SECONDS, holdMinutes: 0 },
          },
          [working(), sink.node],
        ),
      );
      await stage.n8n.publish(workflow);
      const deliveries = await killEach(acknowledge);
      if (acknowledge === 'onReceived') await quiet();
      const lost = tell(name, deliveries, acknowledge);
      // Acknowledged at once, those that the worker had in hand are gone: by chance some, or none.
      if (acknowledge === 'lastNode') expect(lost).toEqual([]);
      await stage.n8n.unpublish(workflow);
    },
    600_000,
  );
});
