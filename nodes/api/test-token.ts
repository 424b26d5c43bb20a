import type {
  ICredentialsDecrypted,
  ICredentialTestFunctions,
  INodeCredentialTestResult,
} from 'n8n-workflow';
import { baseUrlOf } from './base-url';
import { describeProblem, readProblem } from './problem';
import type { Me } from './systems';

/** Says whose token it is, or what is wrong: no server there, another server, or a wrong token. */
export async function testToken(
  this: ICredentialTestFunctions,
  credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
  const base = baseUrlOf(credential.data?.baseUrl);
  const { helpers } = this;
  try {
    // The only request that n8n lends to credential tests.
    const answer = (await helpers.request({
      method: 'GET',
      uri: `${base}/v1/me`,
      headers: { Authorization: `Bearer ${credential.data?.token as string}` },
      json: true,
      simple: false,
      resolveWithFullResponse: true,
      followRedirect: false,
    })) as { statusCode: number; body: unknown };
    return judge(base, answer);
  } catch (error) {
    return {
      status: 'Error',
      message: `CareerHooks cannot be reached at ${base}: ${(error as Error).message}`,
    };
  }
}

function judge(
  base: string,
  { statusCode, body }: { statusCode: number; body: unknown },
): INodeCredentialTestResult {
  if (statusCode === 200 && isMe(body)) return { status: 'OK', message: describeMe(body) };
  const problem = readProblem(statusCode, body);
  return {
    status: 'Error',
    message:
      problem.code === ''
        ? `What answers at ${base} is not CareerHooks (status ${statusCode}).`
        : `${problem.title}. ${describeProblem(problem, { base })}`,
  };
}

function isMe(body: unknown): body is Me {
  return typeof body === 'object' && body !== null && 'kind' in body;
}

function describeMe({ kind, system, user, scopes }: Me): string {
  if (kind === 'admin') return 'This is the admin token: it may use every system.';
  return `This token is for ${system ?? 'no system'}, ${user === null ? 'all users' : `user ${user}`}, and may ${scopes.join(' and ')}.`;
}
