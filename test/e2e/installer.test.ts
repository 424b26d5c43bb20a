import { type Load, startLoad } from '../support/publish-steadily';
import { waitUntil } from '../support/wait-until';
import { listDeliveries, settleDeliveries, statuses } from './support/deliveries';
import { PACKAGE } from './support/package';
import { startRegistry, type TestRegistry } from './support/registry';
import { type Sink, startSink } from './support/sink';
import { setStage, type Stage } from './support/stage';
import { type StandIns, startStandIns } from './support/stand-ins';
import { triggered, UNSAVED } from './support/workflow';

/** n8n's default registry: another one needs a licence. */
const REGISTRY = 'registry.npmjs.org';
/** Where n8n asks whether a package is banned. */
const BAN_LIST = 'api.n8n.io';

/** Events a second. */
const RATE = 20;

/** For a machine that is slow, or has other things to do. */
const PATIENCE_MS = 200_000;

let standIns: StandIns;
let registry: TestRegistry;
let stage: Stage;
let sink: Sink;

beforeAll(async () => {
  [standIns, registry, sink] = await Promise.all([
    startStandIns([REGISTRY, BAN_LIST]),
    startRegistry(),
    startSink(),
  ]);
  standIns.servers[REGISTRY] = registry.url;
  stage = await setStage(
    { ...standIns.env, ...registry.env(standIns.env.NODE_EXTRA_CA_CERTS) },
    false,
  );
  await registry.publish('1.0.0');
}, 400_000);

afterAll(() => Promise.all([stage.stop(), registry.stop(), standIns.stop(), sink.stop()]));

interface Installed {
  installedVersion: string;
  installedNodes: { type: string }[];
}

const packages = <Value>(method: string, body: unknown): Promise<Value> =>
  stage.n8n.rest(method, '/rest/community-packages', body);

const call: Parameters<typeof startLoad>[0] = (...args) => stage.careerHooks().call(...args);

/** Publishes until it is stopped. */
function load(prefix: string): Load {
  const userOf = () => 'user_1';
  return startLoad(call, { prefix, perSecond: RATE, userOf, onPublish: () => undefined });
}

async function accepted(running: Load, count: number): Promise<void> {
  await waitUntil(
    () => Promise.resolve(running.accepted.size),
    (size) => size >= count,
    PATIENCE_MS,
  );
}

it("is installed, upgraded under load, uninstalled and installed again by n8n's own installer", async () => {
  const { n8n } = stage;
  const installed = await packages<Installed>('POST', { name: PACKAGE });
  expect(installed.installedVersion).toBe('1.0.0');
  expect(installed.installedNodes.map(({ type }) => type).sort()).toEqual([
    `${PACKAGE}.careerHooks`,
    `${PACKAGE}.careerHooksTrigger`,
  ]);

  const credential = await stage.credential('roleready');
  const parameters = { system: 'roleready', events: ['*'], options: { timeout: 119 } };
  const workflow = await n8n.createWorkflow({
    ...triggered('Installed', credential, parameters, [sink.node]),
    settings: UNSAVED,
  });
  await n8n.publish(workflow);
  const [endpoint] = await stage.endpoints('roleready');

  await registry.publish('1.1.0');
  const running = load('upgraded');
  await accepted(running, RATE);
  const upgraded = await packages<Installed>('PATCH', { name: PACKAGE, version: '1.1.0' });
  expect(upgraded.installedVersion).toBe('1.1.0');
  await accepted(running, running.accepted.size + RATE);
  await running.stop();
  const delivered = await settleDeliveries(call, PATIENCE_MS);
  expect(statuses(delivered)).toEqual({ delivered: running.accepted.size });
  const ran = sink.ranFor();
  expect([...running.accepted.keys()].filter((id) => !ran.has(id))).toEqual([]);
  const repeated = delivered.filter(({ attempt_count }) => attempt_count > 1).length;
  process.stdout.write(`Of ${delivered.length} events of the upgrade, ${repeated} came again.\n`);
  expect(await stage.endpoints('roleready')).toEqual([endpoint]);

  await n8n.rest('DELETE', `/rest/community-packages?name=${PACKAGE}`);
  const { id } = await stage.publish({ system: 'roleready', type: 'resume.parsed' });
  const missed = await waitUntil(
    async () => (await listDeliveries(call)).find(({ event_id }) => event_id === id),
    (delivery) => (delivery?.attempt_count ?? 0) > 0,
    PATIENCE_MS,
  );
  // Nothing tells CareerHooks that the package is gone: it keeps trying, for a day.
  expect(missed).toMatchObject({ status: 'retrying', last_status_code: 400 });
  expect(await stage.endpoints('roleready')).toMatchObject([{ id: endpoint?.id }]);
  const { active } = await n8n.rest<{ active: boolean }>('GET', `/rest/workflows/${workflow.id}`);
  expect(active).toBe(true);

  await packages<Installed>('POST', { name: PACKAGE });
  const all = await settleDeliveries(call, PATIENCE_MS);
  expect(statuses(all)).toEqual({ delivered: running.accepted.size + 1 });
  expect(sink.ranFor().has(id)).toBe(true);
  await n8n.unpublish(workflow);
}, 500_000);
