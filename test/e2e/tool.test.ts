import { startTestReceiver, type TestReceiver } from '../support/receiver';
import { setStage, type Stage } from './support/stage';
import { chain } from './support/workflow';

let stage: Stage;
let receiver: TestReceiver;

beforeAll(async () => {
  [stage, receiver] = await Promise.all([setStage(), startTestReceiver()]);
});

afterAll(() => Promise.all([stage.stop(), receiver.stop()]));

/** Speaks to n8n's MCP trigger as a model's program does. */
async function openMcp(url: string) {
  let session: string | null = null;
  let id = 0;

  async function send(message: Record<string, unknown>): Promise<unknown> {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(session !== null && { 'mcp-session-id': session }),
      },
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
    });
    session = response.headers.get('mcp-session-id') ?? session;
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    const json = /^data: (.*)$/m.exec(text)?.[1] ?? text;
    return json === '' ? undefined : JSON.parse(json);
  }

  await send({
    id: ++id,
    method: 'initialize',
    params: {
      protocolVersion: '2025-03-26',
      capabilities: {},
      clientInfo: { name: 'tests', version: '1' },
    },
  });
  await send({ method: 'notifications/initialized' });
  return {
    async call(name: string): Promise<string> {
      const answer = await send({
        id: ++id,
        method: 'tools/call',
        params: { name, arguments: {} },
      });
      return JSON.stringify(answer);
    },
  };
}

it('a model that registers an endpoint gets no secret of it, and replaces none', async () => {
  const credentials = await stage.credential('roleready');
  const tool = (name: string, parameters: Record<string, unknown>) => ({
    name,
    type: 'n8n-nodes-careerhooks.careerHooksTool',
    typeVersion: 1,
    credentials,
    parameters: { resource: 'endpoint', ...parameters },
  });
  const workflow = chain('Tools', [
    {
      name: 'MCP',
      type: '@n8n/n8n-nodes-langchain.mcpTrigger',
      typeVersion: 2,
      parameters: { path: 'careerhooks' },
      webhookId: '1f0a7c52-0f3f-4b0e-9d0c-6a3a5e0d1c11',
    },
    tool('create', { operation: 'create', url: receiver.url, events: ['resume.*'] }),
    tool('rotate', {
      operation: 'rotateSecret',
      endpointId: { __rl: true, mode: 'id', value: 'ep_1' },
    }),
  ]);
  const toModel = { ai_tool: [[{ node: 'MCP', type: 'ai_tool', index: 0 }]] };
  const connections = {
    create: toModel,
    rotate: toModel,
  } as unknown as typeof workflow.connections;
  await stage.n8n.publish(await stage.n8n.createWorkflow({ ...workflow, connections }));

  const mcp = await openMcp(`${stage.n8n.url}/mcp/careerhooks`);
  const created = await mcp.call('create');
  const [endpoint] = await stage.endpoints('roleready');
  expect(created).toContain(endpoint!.id);
  expect(created).not.toMatch(/secret|signing_key|whsec_/);
  expect(await mcp.call('rotate')).toContain('Nobody would get the new secret');
});
