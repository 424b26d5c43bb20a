/** A problem as CareerHooks answers it (RFC 9457), as far as its fields are there. */
export interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
  /** What is wrong with single fields. */
  issues: { path: string; message: string }[];
}

/** What to do in n8n about a problem that the server cannot know n8n's part of. */
const ADVICE: Readonly<Record<string, string>> = {
  unauthorized: 'Check the token in the CareerHooks credential: it may be mistyped or revoked.',
  forbidden:
    'The token of the CareerHooks credential lacks a scope or belongs to another system or user. Make one with "npx careerhooks keys create".',
  private_address:
    "Set n8n's WEBHOOK_URL to an address that CareerHooks may call, or let CareerHooks call n8n's network with CAREERHOOKS_ALLOW_CIDRS.",
  invalid_url:
    "If this is the URL of a trigger, set n8n's WEBHOOK_URL to the address by which CareerHooks reaches n8n, with https where CareerHooks runs in production.",
  endpoint_not_active:
    'Look at the status of the endpoint: Endpoint → Get. Resume it, or verify it, first.',
  database_unavailable: 'Turn on "Retry On Fail" in the settings of this node.',
};

/** Reads a problem from whatever a server answered; a proxy before it answers anything at all. */
export function readProblem(status: number, body: unknown): Problem {
  const answer = parse(body);
  return {
    status,
    code: textOf(answer.code),
    title: textOf(answer.title) || `CareerHooks answered with status ${status}`,
    detail: textOf(answer.detail),
    issues: issuesOf(answer.issues ?? answer.errors),
  };
}

/**
 * What a person reads below the title: the detail, the fields at fault where the detail does not
 * name them already, and what to do.
 */
export function describeProblem(problem: Problem): string {
  const told = problem.detail.toLowerCase();
  const untold = problem.issues.filter(({ message }) => !told.includes(message.toLowerCase()));
  return [
    problem.detail,
    ...untold.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)),
    ADVICE[problem.code] ?? '',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function parse(body: unknown): Record<string, unknown> {
  if (isRecord(body) && !Buffer.isBuffer(body)) return body;
  const text = Buffer.isBuffer(body) ? body.toString('utf8') : body;
  if (typeof text !== 'string') return {};
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function issuesOf(value: unknown): Problem['issues'] {
  if (!Array.isArray(value)) return [];
  return value
    .filter(isRecord)
    .map((issue) => ({ path: textOf(issue.path), message: textOf(issue.message) }))
    .filter(({ message }) => message !== '');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
