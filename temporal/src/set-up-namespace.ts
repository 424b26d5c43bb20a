import { setTimeout as delay } from 'node:timers/promises';
import type { NativeConnection } from '@temporalio/worker';
import { reasonOf } from './errors';
import type { Log } from './log';
import { SEARCH_ATTRIBUTES } from './search-attributes';
import { within } from './within';

export interface NamespaceSettings {
  connection: NativeConnection;
  namespace: string;
  /**
   * How long workflows that close from now on stay to be looked at; undefined: 7 days, or as much
   * longer as the namespace has it.
   */
  retentionDays?: number | undefined;
  log: Log;
  /** Gives up what Temporal does not answer. */
  signal?: AbortSignal;
}

/** `INDEXED_VALUE_TYPE_KEYWORD` of Temporal's API. */
const KEYWORD = 2;
/** How long closed workflows are kept where nothing else is said. */
export const RETENTION_DAYS = 7;

const DAY_SECONDS = 86_400;
const CALL_TIMEOUT_MS = 10_000;
/**
 * Frontends learn of a new namespace and of new attributes from caches that they refresh; and of several
 * processes that change something at once, one does, and the others are refused.
 */
const USABLE_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 250;

const PERMISSION_DENIED = 7;
const UNIMPLEMENTED = 12;
const UNAUTHENTICATED = 16;

/**
 * Makes the namespace ready: the search attributes are there, and closed workflows are kept.
 *
 * Neither is needed to deliver. Where the rights for one are missing (Temporal Cloud gives them to
 * no client), the operator is told the command, and the engine does without.
 *
 * @returns whether workflows may set the search attributes: a start with an unknown one fails
 */
export async function setUpNamespace(
  settings: NamespaceSettings,
): Promise<{ searchAttributes: boolean }> {
  await setRetention(settings);
  return { searchAttributes: await ensureSearchAttributes(settings) };
}

async function setRetention(settings: NamespaceSettings): Promise<void> {
  const { namespace, retentionDays, log } = settings;
  const days = retentionDays ?? RETENTION_DAYS;
  const obstacle = await insist(settings, async () => {
    const refusal = await refusalOf(() => changeRetention(settings, days * DAY_SECONDS));
    return refusal === undefined ? undefined : { refusal, reason: reasonOf(refusal) };
  });
  if (obstacle === undefined) return;
  log.warn(
    { namespace, reason: obstacle.reason },
    `cannot set the namespace's retention to ${days} days; who may can run: ` +
      `temporal operator namespace update --namespace ${namespace} --retention ${days}d`,
  );
}

async function changeRetention(settings: NamespaceSettings, wanted: number): Promise<void> {
  const { connection, namespace, retentionDays } = settings;
  await call(settings, async () => {
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    const present = config?.workflowExecutionRetentionTtl?.seconds;
    if (!present || present.eq(wanted)) return;
    // Somebody else may want what is longer.
    if (retentionDays === undefined && present.gt(wanted)) return;
    await connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: { seconds: present.add(wanted - Number(present)) } },
    });
  });
}

async function ensureSearchAttributes(settings: NamespaceSettings): Promise<boolean> {
  const { namespace, log } = settings;
  const obstacle = await insist(settings, async () => {
    const refusal = await refusalOf(() => addMissing(settings));
    // Asked of the server itself, since it may have them although we may not list or add any.
    const problem = await refusalOf(() => useThem(settings));
    return problem === undefined ? undefined : { refusal, reason: reasonOf(refusal ?? problem) };
  });
  if (obstacle === undefined) return true;
  const names = SEARCH_ATTRIBUTES.map((name) => `--name ${name}`).join(' ');
  log.warn(
    { namespace, reason: obstacle.reason },
    "cannot set up search attributes, so Temporal's UI cannot filter deliveries; who may can run: " +
      `temporal operator search-attribute create --namespace ${namespace} --type Keyword ${names}`,
  );
  return false;
}

/** What is in the way, for the operator; and what was refused, where something was. */
interface Obstacle {
  refusal: unknown;
  reason: string;
}

/** Tries until nothing is in the way, or waiting for some seconds is of no use; then returns what is. */
async function insist(
  { signal }: NamespaceSettings,
  attempt: () => Promise<Obstacle | undefined>,
): Promise<Obstacle | undefined> {
  const giveUpAt = Date.now() + USABLE_WITHIN_MS;
  for (;;) {
    const obstacle = await attempt();
    if (obstacle === undefined || isForGood(obstacle.refusal)) return obstacle;
    if (Date.now() > giveUpAt || signal?.aborted === true) return obstacle;
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function refusalOf(work: () => Promise<void>): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
}

async function addMissing(settings: NamespaceSettings): Promise<void> {
  const { connection, namespace } = settings;
  await call(settings, async () => {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace,
    });
    const missing = SEARCH_ATTRIBUTES.filter((name) => !(name in customAttributes));
    if (missing.length === 0) return;
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD])),
    });
  });
}

/** Asks for workflows by the attributes: a server that lacks one says so. */
async function useThem(settings: NamespaceSettings): Promise<void> {
  const { connection, namespace } = settings;
  const query = SEARCH_ATTRIBUTES.map((name) => `${name} STARTS_WITH 'x'`).join(' OR ');
  await call(settings, () =>
    connection.workflowService.countWorkflowExecutions({ namespace, query }),
  );
}

/** The rights are missing. */
function isForGood(refusal: unknown): boolean {
  const code = (refusal as { code?: unknown } | undefined)?.code;
  return code === PERMISSION_DENIED || code === UNAUTHENTICATED || code === UNIMPLEMENTED;
}

function call<Answer>(
  { connection, signal }: NamespaceSettings,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const deadline = Date.now() + CALL_TIMEOUT_MS;
  return within(CALL_TIMEOUT_MS, () => connection.withDeadline(deadline, work), signal);
}
