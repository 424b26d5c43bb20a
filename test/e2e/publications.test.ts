import { type Load, startLoad } from '../support/publish-steadily';
import { waitUntil } from '../support/wait-until';
import { settleDeliveries, statuses } from './support/deliveries';
import { type Sink, startSink } from './support/sink';
import { setStage, type Stage } from './support/stage';
import { triggered, UNSAVED } from './support/workflow';

/** Events a second. */
const RATE = Number(process.env.PUBLICATIONS_RATE ?? 20);

/** Where n8n is that many events behind, on a machine that is too slow for the rate, the load waits for it. */
const BEHIND = 6 * RATE;

/** For a machine that is slow, or has other things to do. */
const PATIENCE_MS = 300_000;

let stage: Stage;
let sink: Sink;

beforeAll(async () => {
  [stage, sink] = await Promise.all([setStage(), startSink()]);
});

afterAll(() => Promise.all([stage.stop(), sink.stop()]));

const call: Parameters<typeof startLoad>[0] = (...args) => stage.careerHooks().call(...args);

/** Lets the load go on for some seconds, however much of it n8n has done by then. */
async function someMore(load: Load): Promise<void> {
  const before = load.accepted.size;
  await waitUntil(
    () => Promise.resolve(load.accepted.size),
    (size) => size >= before + 2 * RATE,
    60_000,
  );
}

it('loses no event where a trigger is changed and published again while events come', async () => {
  const { n8n } = stage;
  const credential = await stage.credential('roleready');
  const timeout = 119;
  const parameters = { system: 'roleready', events: ['resume.parsed'] };
  let workflow = await n8n.createWorkflow({
    ...triggered('Edited', credential, parameters, [sink.node]),
    settings: UNSAVED,
  });
  await n8n.publish(workflow);
  const load = startLoad(call, {
    prefix: 'edited',
    perSecond: RATE,
    userOf: () => 'user_1',
    onPublish: () => undefined,
    holds: (accepted) => accepted - sink.ranFor().size > BEHIND,
  });
  await someMore(load);
  for (const changed of [
    { ...parameters, options: { timeout } },
    { ...parameters, events: ['resume.*'], options: { timeout } },
    { ...parameters, events: ['resume.*'], options: { timeout, description: 'Edited' } },
  ]) {
    workflow = await n8n.changeWorkflow(workflow, changed);
    await n8n.publish(workflow);
    await someMore(load);
  }
  await n8n.unpublish(workflow);
  await n8n.publish(workflow);
  await someMore(load);
  await load.stop();
  const deliveries = await settleDeliveries(call, PATIENCE_MS);

  const accepted = [...load.accepted.keys()];
  const matched = new Set(deliveries.map(({ event_id }) => event_id));
  const ran = sink.ranFor();
  const figures = {
    accepted: accepted.length,
    refused: load.refused,
    unmatched: accepted.filter((id) => !matched.has(id)).length,
    neverRan: accepted.filter((id) => !ran.has(id)).length,
    twice: [...ran.values()].filter((times) => times > 1).length,
    deliveries: statuses(deliveries),
    attempts: Math.max(...deliveries.map(({ attempt_count }) => attempt_count)),
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  expect(figures).toMatchObject({
    refused: [],
    unmatched: 0,
    neverRan: 0,
    deliveries: { delivered: deliveries.length },
  });
  expect(await stage.endpoints('roleready')).toMatchObject([
    { status: 'active', events: ['resume.*'], description: 'Edited' },
  ]);
  await n8n.unpublish(workflow);
}, 450_000);
