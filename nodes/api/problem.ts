/** A problem as CareerHooks answers it (RFC 9457), as far as its fields are there. */
export interface Problem {
  status: number;
  code: string;
  title: string;
  /** All that is wrong, the fields at fault among it. */
  detail: string;
}

/** Who asked CareerHooks, as far as it tells what to do. */
export interface Asker {
  /** Where CareerHooks is, as the credential has it. */
  base: string;
  /** It is the trigger, whose URL n8n makes: nobody wrote it. */
  isTrigger?: boolean;
}

/** What to do in n8n about a problem, where the server cannot know n8n's part of it. */
interface Advice {
  /** What is to be done; empty where the server's detail says it. */
  text(asker: Asker): string;
  /** The server's detail speaks of a request's headers, which nobody in n8n writes. */
  insteadOfDetail?: true;
  /** The details that it is about, where it is not all of them. */
  about?: RegExp;
}

const ADVICE: Readonly<Record<string, Advice>> = {
  unauthorized: {
    text: ({ base }) =>
      `Check the token in the CareerHooks credential: it may be mistyped or revoked. To make another, open ${base}/connect in a browser.`,
    insteadOfDetail: true,
  },
  forbidden: {
    text: ({ base }) =>
      `The token of the CareerHooks credential may do less than this, or is for another system or user. To make one that may, open ${base}/connect in a browser.`,
  },
  not_found: {
    text: () => 'Choose it from the list, or check the ID.',
    about: /^There is no (?:delivery|endpoint|event) /,
  },
  rate_limited: {
    text: () => 'Turn on "Retry On Fail" in the settings of this node, or send fewer at a time.',
    insteadOfDetail: true,
  },
  unknown_system: { text: () => 'Choose the system from the list.' },
  unknown_event_type: { text: () => 'Choose it from the list.' },
  private_address: {
    text: ({ isTrigger }) =>
      isTrigger === true
        ? "Set n8n's WEBHOOK_URL to an address that CareerHooks may call, or let CareerHooks call n8n's network with CAREERHOOKS_ALLOW_CIDRS."
        : 'Give a public address, or let CareerHooks call that network with CAREERHOOKS_ALLOW_CIDRS.',
  },
  invalid_url: {
    text: ({ isTrigger }) =>
      isTrigger === true
        ? "Set n8n's WEBHOOK_URL to the address by which CareerHooks reaches n8n, with https where CareerHooks runs in production."
        : 'Check the field "URL".',
  },
  endpoint_not_active: {
    text: () =>
      'Look at the status of the endpoint: Endpoint → Get. Resume it, or verify it, first.',
  },
  database_unavailable: {
    text: () => 'Turn on "Retry On Fail" in the settings of this node.',
    insteadOfDetail: true,
  },
};

/** The end of a detail that names the call to make next, for those who make calls themselves. */
const NEXT_CALL = /[.:;]\s+(?:GET|POST|PUT|PATCH|DELETE)\s\S+[^.]*\.?$/;

/** The labels of the nodes' fields whose values CareerHooks checks, by what its API calls them. */
const LABELS: Readonly<Record<string, string>> = {
  'data.ids': 'IDs',
  'data.repositories': 'Repositories',
  'data.username': 'GitHub User',
  challenge: 'Challenge',
  description: 'Description',
  endpoint: 'Endpoint ID',
  event: 'Event ID',
  events: 'Events',
  headers: 'Headers',
  hold_seconds: 'Hold When Unpublished (Minutes)',
  id: 'Event ID',
  lease_seconds: 'Longest Run (Minutes)',
  limit: 'Limit',
  max_retries: 'Maximum Retries',
  note: 'Note',
  ordered: 'In Order',
  outcome: 'Outcome',
  overlap_seconds: 'Overlap (Seconds)',
  previous_attributes: 'Previous Attributes',
  schedule: 'Retries',
  secret: 'Secret',
  section: 'Section',
  since: 'Since',
  status: 'Status',
  system: 'System',
  timeout_seconds: 'Timeout (Seconds)',
  type: 'Event Type',
  until: 'Until',
  url: 'URL',
  user: 'User',
  verify: 'Verify',
};

/** A field at the beginning of what is wrong with it: `events[0] must …; url: …`. */
const FIELD = /(^|; )([a-z_.]+)(?:\[(\d+)\])?(?=:? )/g;

/** Reads a problem from whatever a server answered; a proxy before it answers anything at all. */
export function readProblem(status: number, body: unknown): Problem {
  const answer = parse(body);
  return {
    status,
    code: textOf(answer.code),
    title: textOf(answer.title) || `CareerHooks answered with status ${status}`,
    detail: textOf(answer.detail),
  };
}

/** What a person reads below the title, a line each: what is wrong, and what to do. */
export function describeProblem({ code, detail }: Problem, asker: Asker): string {
  const known = ADVICE[code];
  const advice = known?.about?.test(detail) === false ? undefined : known;
  const wrong =
    advice?.insteadOfDetail === true ? '' : inLabels(code, detail.replace(NEXT_CALL, '.'));
  return [wrong, advice?.text(asker) ?? ''].filter((line) => line !== '').join('\n');
}

/** Details name the API's fields, each at the beginning of what is wrong with it; people know their labels. */
function inLabels(code: string, detail: string): string {
  if (code !== 'invalid_request' && code !== 'cv_change_refused') return detail;
  return detail.replace(FIELD, (all: string, before: string, path: string, index?: string) => {
    const label = LABELS[path];
    return label === undefined
      ? all
      : `${before}"${label}"${index === undefined ? '' : ` (number ${Number(index) + 1})`}`;
  });
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

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
