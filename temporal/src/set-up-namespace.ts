import { setTimeout as delay } from 'node:timers/promises';
import type { NativeConnection } from '@temporalio/worker';
import { reasonOf } from './errors';
import type { Log } from './log';
import { SEARCH_ATTRIBUTES } from './search-attributes';

export interface NamespaceSettings {
  connection: NativeConnection;
  namespace: string;
  /** How long closed workflows stay to be looked at; a longer retention is left as it is. */
  retentionDays?: number;
  log: Log;
}

/** `INDEXED_VALUE_TYPE_KEYWORD` of Temporal's API. */
const KEYWORD = 2;
const DAY_SECONDS = 86_400;
const CALL_TIMEOUT_MS = 10_000;
/** Frontends learn of a new attribute from a cache that they refresh. */
const USABLE_WITHIN_MS = 15_000;

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
  await raiseRetention(settings);
  return { searchAttributes: await ensureSearchAttributes(settings) };
}

async function raiseRetention({
  connection,
  namespace,
  retentionDays = 7,
  log,
}: NamespaceSettings): Promise<void> {
  const wanted = retentionDays * DAY_SECONDS;
  try {
    await within(connection, async () => {
      const { config } = await connection.workflowService.describeNamespace({ namespace });
      const present = config?.workflowExecutionRetentionTtl?.seconds;
      if (!present || present.gte(wanted)) return;
      await connection.workflowService.updateNamespace({
        namespace,
        config: {
          workflowExecutionRetentionTtl: { seconds: present.add(wanted - Number(present)) },
        },
      });
    });
  } catch (error) {
    log.warn(
      { namespace, reason: reasonOf(error) },
      `cannot raise the namespace's retention to ${retentionDays} days; who may can run: ` +
        `temporal operator namespace update --namespace ${namespace} --retention ${retentionDays}d`,
    );
  }
}

async function ensureSearchAttributes(settings: NamespaceSettings): Promise<boolean> {
  const { connection, namespace, log } = settings;
  let reason: string | undefined;
  try {
    const added = await addMissing(connection, namespace);
    if (added) await untilUsable(settings);
  } catch (error) {
    reason = reasonOf(error);
  }
  // Asked of the server itself, since it may have them although we may not list or add any.
  const problem = await whyNotUsable(connection, namespace);
  if (problem === undefined) return true;
  const names = SEARCH_ATTRIBUTES.map((name) => `--name ${name}`).join(' ');
  log.warn(
    { namespace, reason: reason ?? problem },
    "cannot set up search attributes, so Temporal's UI cannot filter deliveries; who may can run: " +
      `temporal operator search-attribute create --namespace ${namespace} --type Keyword ${names}`,
  );
  return false;
}

/** @returns whether there were any to add */
async function addMissing(connection: NativeConnection, namespace: string): Promise<boolean> {
  return within(connection, async () => {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace,
    });
    const missing: Record<string, number> = {};
    for (const name of SEARCH_ATTRIBUTES) {
      if (!(name in customAttributes)) missing[name] = KEYWORD;
    }
    if (Object.keys(missing).length === 0) return false;
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
    return true;
  });
}

async function untilUsable({ connection, namespace }: NamespaceSettings): Promise<void> {
  const giveUpAt = Date.now() + USABLE_WITHIN_MS;
  while ((await whyNotUsable(connection, namespace)) !== undefined && Date.now() < giveUpAt) {
    await delay(100);
  }
}

/** Asks for workflows by the attributes: a server that lacks one says so. */
async function whyNotUsable(
  connection: NativeConnection,
  namespace: string,
): Promise<string | undefined> {
  const query = SEARCH_ATTRIBUTES.map((name) => `${name} STARTS_WITH 'x'`).join(' OR ');
  try {
    await within(connection, () =>
      connection.workflowService.countWorkflowExecutions({ namespace, query }),
    );
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

function within<T>(connection: NativeConnection, call: () => Promise<T>): Promise<T> {
  return connection.withDeadline(Date.now() + CALL_TIMEOUT_MS, call);
}
