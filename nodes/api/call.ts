import {
  type IDataObject,
  type IExecuteFunctions,
  type IHookFunctions,
  type IHttpRequestMethods,
  type ILoadOptionsFunctions,
  type IWebhookFunctions,
  type JsonObject,
  NodeApiError,
} from 'n8n-workflow';
import { baseUrlOf } from './base-url';
import { describeProblem, readProblem } from './problem';

/** Where n8n's nodes call from. */
export type Context =
  IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

/** A request to CareerHooks. */
export interface Request {
  method: IHttpRequestMethods;
  /** Below the base URL: `/v1/events`. */
  path: string;
  /** Empty and undefined values are left out. */
  query?: IDataObject;
  body?: IDataObject;
  headers?: IDataObject;
  /** The input item that it is for, so that an error names it. */
  item?: number;
  /** The answer is bytes, not JSON. */
  binary?: boolean;
}

interface Answer {
  statusCode: number;
  body: unknown;
}

/** Milliseconds: registering a trigger waits for a challenge, at most as long as an attempt. */
const TIMEOUT_MS = 60_000;

/**
 * Calls CareerHooks with the node's credential and returns the body of its answer.
 * Throws NodeApiError with the server's own words and what to do about them.
 */
export async function callApi<Body>(context: Context, request: Request): Promise<Body> {
  const { baseUrl } = await context.getCredentials('careerHooksApi');
  const base = baseUrlOf(baseUrl);
  const answer = await send(context, request, base);
  if (answer.statusCode >= 200 && answer.statusCode < 300) return answer.body as Body;
  const problem = readProblem(answer.statusCode, answer.body);
  throw new NodeApiError(
    context.getNode(),
    { message: problem.title, code: problem.code },
    {
      message: problem.title,
      description: describeProblem(problem, {
        base,
        isTrigger: /careerHooksTrigger$/.test(context.getNode().type),
      }),
      httpCode: String(problem.status),
      ...(request.item !== undefined && { itemIndex: request.item }),
    },
  );
}

/** The same, but undefined where CareerHooks says that there is no such thing. */
export async function callIfThere<Body>(
  context: Context,
  request: Request,
): Promise<Body | undefined> {
  try {
    return await callApi<Body>(context, request);
  } catch (error) {
    if (error instanceof NodeApiError && error.httpCode === '404') return undefined;
    throw new NodeApiError(context.getNode(), error as JsonObject);
  }
}

async function send(context: Context, request: Request, base: string): Promise<Answer> {
  try {
    return (await context.helpers.httpRequestWithAuthentication.call(context, 'careerHooksApi', {
      method: request.method,
      url: base + request.path,
      qs: given(request.query ?? {}),
      ...(request.body !== undefined && { body: request.body }),
      ...(request.headers !== undefined && { headers: given(request.headers) }),
      ...(request.binary === true ? { encoding: 'arraybuffer' } : { json: true }),
      timeout: TIMEOUT_MS,
      returnFullResponse: true,
      ignoreHttpStatusErrors: true,
      disableFollowRedirect: true,
    })) as Answer;
  } catch (error) {
    const message = `CareerHooks cannot be reached at ${base}`;
    // Made anew: n8n has put general words into the error that it throws, and would keep to them.
    throw new NodeApiError(
      context.getNode(),
      { message },
      {
        message,
        description: `${(error as Error).message}\nCheck that it is running, and the Base URL of the credential: it has to be right from where n8n runs. In Docker, 127.0.0.1 is n8n's own container.`,
        ...(request.item !== undefined && { itemIndex: request.item }),
      },
    );
  }
}

/** Fields that nobody filled in are not part of a request. */
export function given(values: IDataObject): IDataObject {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  );
}
