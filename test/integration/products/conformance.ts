import type { Answer } from '../../support/call-api';
import type { TestCareerHooks } from '../../support/careerhooks';

/**
 * The title of a test that proves what a product's document says. `npm run docs` makes
 * docs/conformance.md of all of them.
 */
export function documents(product: string, feature: string, proof: string): string {
  return `${product}'s document, ${feature}: ${proof}`;
}

/**
 * Sends a request as a document prints it, apart from host and token: the request line, headers,
 * an empty line and a body. `changes` replaces what stands for something in it, such as
 * `{webhook_id}`, and whatever else a test must change.
 */
export async function sendPrinted(
  careerHooks: TestCareerHooks,
  printed: string,
  { token, prefix = '', changes = {} }: SendOptions,
): Promise<Answer> {
  let text = printed.trim();
  for (const [from, to] of Object.entries(changes)) {
    if (!text.includes(from)) throw new Error(`The request does not have ${from}.`);
    text = text.replaceAll(from, to);
  }
  const [head = '', ...rest] = text.split('\n\n');
  const [line = '', ...headerLines] = head.split('\n');
  const [method = '', path = ''] = line.split(' ');
  const headers = Object.fromEntries(
    headerLines.map((header) => {
      const colon = header.indexOf(':');
      return [header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim()];
    }),
  );
  const body = rest.join('\n\n');
  const response = await fetch(`${careerHooks.url}${prefix}${path}`, {
    method,
    headers: { ...headers, authorization: `Bearer ${token}` },
    ...(body !== '' && { body }),
  });
  const answer = await response.text();
  const json = response.headers.get('content-type')?.includes('json') === true && answer !== '';
  return {
    status: response.status,
    headers: response.headers,
    body: json ? (JSON.parse(answer) as unknown) : answer,
  };
}

interface SendOptions {
  token: string;
  /** `/roleready`: the product's routes under its own path. */
  prefix?: string;
  changes?: Record<string, string>;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The form of a JSON value: the same fields, and of each its type, or its format where it is a time,
 * a UUID or a number as text. Of lists, that of the elements.
 */
export function formOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((item) => JSON.stringify(formOf(item))))];
  if (value === null) return null;
  if (typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, field]): [string, unknown] => [key, formOf(field)])
        .sort(([left], [right]) => (left < right ? -1 : 1)),
    );
  }
  if (typeof value !== 'string') return typeof value;
  if (TIME.test(value)) return 'time';
  if (UUID.test(value)) return 'uuid';
  if (/^\d+\.\d\d(%|ms)?$/.test(value)) return value.replace(/^\d+\.\d\d/, 'NN.NN');
  return 'string';
}
