import { setTimeout as sleep } from 'node:timers/promises';
import { tell } from '../../support/publishing';
import { waitUntil } from '../../support/wait-until';
import { countConnections, type Databases, type Instances, storedEvents } from './ground';
import { type Figures, figuresOf, type Load, startLoad } from './load';

/** Within which acceptance has to come back, in milliseconds. */
const RETURN_MS = 60_000;

/** What came of a load while something happened to the databases. */
export interface Outcome extends Figures {
  lost: string[];
  /** Accepted, but not in the database at the end. */
  unknown: string[];
  twice: number;
  connections: number;
  /** Log lines at level error. */
  errors: Record<string, unknown>[];
}

function errorsOf({ servers, worker }: Instances): Record<string, unknown>[] {
  const lines = [...servers, worker].flatMap((process) => process.output().split('\n'));
  return lines
    .filter((line) => line.startsWith('{"level":'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ level }) => Number(level) >= 50);
}

/** What a lease or a look-up brings has come within this, in milliseconds. */
const QUIET_MS = 15_000;
/** What a workflow has to be missed for first: docs/faults.md, Known limits. */
const QUIET_AT_MOST_MS = 75_000;

/** Resolves once all that was accepted has come, or nothing more will. */
async function settle(databases: Databases, load: Load, instances: Instances): Promise<void> {
  const accepted = load.publications.filter(({ outcome }) => outcome === '202');
  let seen = -1;
  let quietFrom = Date.now();
  for (;;) {
    const received = new Set(instances.received());
    const missing = accepted.filter(({ id }) => !received.has(id));
    if (missing.length === 0) return;
    if (received.size > seen) quietFrom = Date.now();
    seen = received.size;
    const quietMs = Date.now() - quietFrom;
    if (quietMs > QUIET_AT_MOST_MS) return;
    if (quietMs > QUIET_MS) {
      const stored = await storedEvents(databases).catch(() => undefined);
      if (stored !== undefined && !missing.some(({ id }) => stored.has(id))) return;
    }
    await sleep(200);
  }
}

/** Resolves once every server has accepted what was asked of it from now on. */
async function acceptsAgain(load: Load, servers: number): Promise<void> {
  const from = Date.now();
  const accepting = (): number =>
    new Set(
      load.publications
        .filter(({ askedAt, outcome }) => askedAt > from && outcome === '202')
        .map(({ server }) => server),
    ).size;
  await waitUntil(
    () => Promise.resolve(accepting()),
    (count) => count === servers,
    RETURN_MS,
  );
}

let loads = 0;

/** Publishes before, while and after something happens to the databases, and compares what came of it. */
export async function observe(
  databases: Databases,
  instances: Instances,
  happen: () => Promise<void>,
): Promise<Outcome> {
  const errorsBefore = errorsOf(instances).length;
  const load = startLoad(instances.servers, `load${++loads}`);
  const connections = countConnections(databases);
  try {
    await sleep(3_000);
    await happen();
    // One that never does has figures all the same.
    await acceptsAgain(load, instances.servers.length).catch((error: unknown) =>
      tell(String(error)),
    );
    await sleep(4_000);
    await load.stop();
    await settle(databases, load, instances);
    const stored = await storedEvents(databases);
    const received = instances.received().filter((id) => id.startsWith(`load${loads}_`));
    const came = new Set(received);
    const accepted = load.publications
      .filter(({ outcome }) => outcome === '202')
      .map(({ id }) => id);
    return {
      ...figuresOf(load),
      lost: accepted.filter((id) => !came.has(id)),
      unknown: accepted.filter((id) => !stored.has(id)),
      twice: received.length - came.size,
      connections: connections.most(),
      errors: errorsOf(instances).slice(errorsBefore),
    };
  } finally {
    await load.stop();
    await connections.stop();
  }
}
