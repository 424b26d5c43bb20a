import type {
  IDataObject,
  IExecuteFunctions,
  IHookFunctions,
  IHttpRequestOptions,
  ILoadOptionsFunctions,
  INodeExecutionData,
  IWebhookFunctions,
} from 'n8n-workflow';

const BASE_URL = 'http://127.0.0.1:3400';
export const TOKEN = 'chk_test';
export const WEBHOOK_URL = 'http://127.0.0.1:5678/webhook/6ab0/webhook';

/** What CareerHooks answers to a call: a body with status 200, or both, now or later. */
export type Answer = (request: SentRequest) => unknown;

export interface SentRequest {
  method: string;
  /** Below the base URL. */
  path: string;
  query: Record<string, unknown>;
  body: IDataObject | undefined;
  options: IHttpRequestOptions;
}

interface Setup {
  parameters?: Record<string, unknown>;
  answer?: Answer;
  baseUrl?: string;
  mode?: string;
  executionId?: string;
  webhookUrl?: string;
  staticData?: IDataObject;
  continueOnFail?: boolean;
  items?: INodeExecutionData[];
  headers?: Record<string, string>;
  rawBody?: Buffer;
  workflow?: { id: string; name: string };
  instance?: string;
  /** The type of the node, as the workflow has it. */
  type?: string;
  isToolExecution?: boolean;
}

/** An answer with another status than 200. */
export class Status {
  constructor(
    readonly statusCode: number,
    readonly body: unknown = {},
  ) {}
}

type Context = IExecuteFunctions & IHookFunctions & ILoadOptionsFunctions & IWebhookFunctions;

/** As much of n8n as a node sees, and what the node asked of it. */
export class FakeN8n {
  readonly sent: SentRequest[] = [];
  readonly warnings: string[] = [];
  /** What the node told whoever looks at its output. */
  readonly hints: string[] = [];
  readonly responses: { status: number; json: unknown }[] = [];
  readonly responseHeaders = new Map<string, string>();
  readonly staticData: IDataObject;
  readonly context: Context;

  constructor(setup: Setup = {}) {
    this.staticData = setup.staticData ?? {};
    const parameters: Record<string, unknown> = setup.parameters ?? {};
    const base = setup.baseUrl ?? BASE_URL;
    const { sent, hints, warnings, responses, responseHeaders, staticData } = this;

    const read = (name: string): unknown =>
      name
        .split('.')
        .reduce<unknown>(
          (value, key) => (value as Record<string, unknown> | undefined)?.[key],
          parameters,
        );
    const request = async (type: string, options: IHttpRequestOptions): Promise<unknown> => {
      expect(type).toBe('careerHooksApi');
      expect(options.url.startsWith(base)).toBe(true);
      const call: SentRequest = {
        method: options.method ?? 'GET',
        path: options.url.slice(base.length),
        query: options.qs ?? {},
        body: options.body as IDataObject | undefined,
        options,
      };
      sent.push(call);
      const answer = await setup.answer?.(call);
      if (answer instanceof Error) throw answer;
      return answer instanceof Status ? answer : { statusCode: 200, body: answer };
    };

    this.context = {
      getNode: () => ({
        id: 'node-1',
        name: 'CareerHooks',
        type: setup.type ?? 'n8n-nodes-careerhooks.careerHooks',
        typeVersion: 1,
        position: [0, 0],
        parameters: {},
      }),
      getWorkflow: () => setup.workflow ?? { id: 'workflow-1', name: 'New résumés', active: true },
      getInstanceId: () => setup.instance ?? 'instance-1',
      getInstanceBaseUrl: () => 'http://127.0.0.1:5678/',
      getMode: () => setup.mode ?? 'trigger',
      getExecutionId: () => setup.executionId ?? '1',
      addExecutionHints: ({ message }: { message: string }) => void hints.push(message),
      getNodeWebhookUrl: () => setup.webhookUrl ?? WEBHOOK_URL,
      getWorkflowStaticData: () => staticData,
      getCredentials: () => Promise.resolve({ baseUrl: base, token: TOKEN }),
      getInputData: () => setup.items ?? [{ json: {} }],
      getTimezone: () => 'Europe/Berlin',
      isToolExecution: () => setup.isToolExecution === true,
      continueOnFail: () => setup.continueOnFail === true,
      getNodeParameter: (name: string, ...rest: unknown[]) => {
        const options = rest.at(-1) as { extractValue?: boolean } | undefined;
        const fallback = rest.length > 0 && typeof rest[0] !== 'number' ? rest[0] : rest[1];
        const value = read(name);
        if (options?.extractValue === true) return (value as { value: unknown }).value;
        return value ?? fallback;
      },
      getCurrentNodeParameter: read,
      getHeaderData: () => setup.headers ?? {},
      getRequestObject: () => ({ rawBody: setup.rawBody }),
      getResponseObject: () => ({
        setHeader: (name: string, value: string) => void responseHeaders.set(name, value),
        status: (status: number) => ({
          json: (json: unknown) => void responses.push({ status, json }),
        }),
      }),
      logger: {
        warn: (message: string) => void warnings.push(message),
        info: () => undefined,
      },
      helpers: {
        httpRequestWithAuthentication: request,
        prepareBinaryData: (bytes: Buffer, fileName: string, mimeType: string) =>
          Promise.resolve({ data: bytes.toString('base64'), fileName, mimeType }),
      },
    } as unknown as Context;
  }

  /** The calls that change something, in their order. */
  get changes(): string[] {
    return this.calls.filter((call) => !call.startsWith('GET'));
  }

  /** `POST /v1/endpoints` and so on, in their order. */
  get calls(): string[] {
    return this.sent.map(({ method, path }) => `${method} ${path}`);
  }
}
