import { setTimeout as sleep } from 'node:timers/promises';
import { connectTemporal, SEARCH_ATTRIBUTES, setUpNamespace } from '@careerhooks/temporal';
import { Client } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { NativeConnection } from '@temporalio/worker';
import { silentLog, startTestTemporal } from '../../support/temporal';
import { createNamespace } from './create-namespace';
import { recordingLog } from './recording-log';

const DAY = 86_400;
let temporal: Awaited<ReturnType<typeof startTestTemporal>>;
let connection: NativeConnection;

beforeAll(async () => {
  temporal = await startTestTemporal();
  ({ connection } = await connectTemporal({ env: {}, address: temporal.address, log: silentLog }));
}, 300_000);

afterAll(async () => {
  await connection.close();
  await temporal.stop();
});

async function retentionOf(namespace: string): Promise<number> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  return Number(config?.workflowExecutionRetentionTtl?.seconds);
}

async function attributesOf(namespace: string): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return Object.keys(customAttributes).sort();
}

/** The connection of a client that may work in the namespace, but not change it. */
function withoutRights(): NativeConnection {
  const refuse = () => Promise.reject(Object.assign(new Error('permission denied'), { code: 7 }));
  const workflowService = Object.create(connection.workflowService, {
    updateNamespace: { value: refuse },
  }) as object;
  return Object.create(connection, {
    operatorService: { value: { listSearchAttributes: refuse, addSearchAttributes: refuse } },
    workflowService: { value: workflowService },
  }) as NativeConnection;
}

test('the embedded server’s namespace gets all, once', async () => {
  const settings = { connection, namespace: 'default', log: silentLog };
  expect(await retentionOf('default')).toBe(DAY);
  await expect(setUpNamespace(settings)).resolves.toEqual({ searchAttributes: true });
  expect(await retentionOf('default')).toBe(7 * DAY);
  expect(await attributesOf('default')).toEqual([...SEARCH_ATTRIBUTES].sort());
  await expect(setUpNamespace(settings)).resolves.toEqual({ searchAttributes: true });
  expect(await retentionOf('default')).toBe(7 * DAY);
});

test('a retention that is named is set, also a shorter one; a longer one stays where none is', async () => {
  const settings = { connection, namespace: 'default', log: silentLog };
  await setUpNamespace({ ...settings, retentionDays: 30 });
  expect(await retentionOf('default')).toBe(30 * DAY);
  await setUpNamespace(settings);
  expect(await retentionOf('default')).toBe(30 * DAY);
  await setUpNamespace({ ...settings, retentionDays: 3 });
  expect(await retentionOf('default')).toBe(3 * DAY);
});

test('an operator’s namespace gets what is missing, and workflows may set it at once', async () => {
  const namespace = 'operators';
  await createNamespace(connection, namespace);
  expect(await attributesOf(namespace)).toEqual([]);
  const { log, messages } = recordingLog();
  await expect(setUpNamespace({ connection, namespace, log })).resolves.toEqual({
    searchAttributes: true,
  });
  expect(messages).toEqual([]);
  expect(await attributesOf(namespace)).toEqual([...SEARCH_ATTRIBUTES].sort());
  expect(await retentionOf(namespace)).toBe(7 * DAY);
  const handle = await new Client({ connection, namespace }).workflow.start('anything', {
    taskQueue: 'q',
    workflowId: 'w',
    typedSearchAttributes: SEARCH_ATTRIBUTES.map((name) => ({
      key: defineSearchAttributeKey(name, 'KEYWORD'),
      value: 'x',
    })),
  });
  await handle.terminate();
});

test('a namespace that parts of the server do not know of yet gets its retention, too', async () => {
  const namespace = 'coming';
  const { log, messages } = recordingLog();
  const outcome = setUpNamespace({ connection, namespace, log });
  await sleep(1_000);
  await createNamespace(connection, namespace);
  await expect(outcome).resolves.toEqual({ searchAttributes: true });
  expect(messages).toEqual([]);
  expect(await retentionOf(namespace)).toBe(7 * DAY);
});

test('without the rights, the operator is told the commands', async () => {
  const namespace = 'guarded';
  await createNamespace(connection, namespace);
  const { log, messages } = recordingLog();
  await expect(setUpNamespace({ connection: withoutRights(), namespace, log })).resolves.toEqual({
    searchAttributes: false,
  });
  expect(messages).toEqual([
    expect.stringContaining(
      'temporal operator namespace update --namespace guarded --retention 7d ',
    ),
    expect.stringContaining(
      'temporal operator search-attribute create --namespace guarded --type Keyword ' +
        '--name CareerHooksSystem --name CareerHooksEventType --name CareerHooksEndpoint ' +
        '--name CareerHooksStatus ',
    ),
  ]);
  expect(messages[1]).toContain('permission denied');
});

test('without the rights, attributes that are there are used', async () => {
  const namespace = 'prepared';
  await createNamespace(connection, namespace);
  await setUpNamespace({ connection, namespace, log: silentLog });
  const { log, messages } = recordingLog();
  await expect(setUpNamespace({ connection: withoutRights(), namespace, log })).resolves.toEqual({
    searchAttributes: true,
  });
  expect(messages).toEqual([]);
});

test('of several that set it up at once, all get the attributes', async () => {
  const namespace = 'crowded';
  await createNamespace(connection, namespace);
  const connections = await Promise.all(
    Array.from({ length: 4 }, () =>
      connectTemporal({
        env: { TEMPORAL_NAMESPACE: namespace },
        address: temporal.address,
        log: silentLog,
      }),
    ),
  );
  const { log, messages } = recordingLog();
  const outcomes = await Promise.all(
    connections.map(({ connection: own }) => setUpNamespace({ connection: own, namespace, log })),
  );
  expect(outcomes).toEqual(Array(4).fill({ searchAttributes: true }));
  expect(messages).toEqual([]);
  await Promise.all(connections.map(({ connection: own }) => own.close()));
});
