import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Answer, CallApi } from './call-api';

/** What tests read of an OpenAPI document. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: {
    schemas: Record<string, object>;
    responses: Record<string, OpenApiResponse>;
    securitySchemes: Record<string, object>;
  };
}

export interface OpenApiOperation {
  operationId: string;
  tags: string[];
  summary: string;
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: {
    content: Record<string, { schema: object; examples?: Record<string, { value: unknown }> }>;
  };
  responses: Record<string, OpenApiResponse | { $ref: string }>;
}

interface OpenApiResponse {
  description: string;
  headers?: Record<string, object>;
  content?: Record<string, { schema: object } | undefined>;
}

/** Calls the API, and holds every answer against what the instance's OpenAPI document says of it. */
export interface ConformingApi {
  call: CallApi;
  document: OpenApiDocument;
  /** `operationId status` of every answer so far. */
  seen: Set<string>;
}

/** Headers that tell a client what to do, and that the document therefore names. */
const TELLING = ['ratelimit', 'ratelimit-policy', 'retry-after', 'www-authenticate'];

/** @param root what is before the paths of a product's own document: `/roleready`. */
export async function conformingApi(call: CallApi, root = ''): Promise<ConformingApi> {
  const { body } = await call('GET', `${root}/openapi.json`);
  const document = body as OpenApiDocument;
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats(ajv);
  // References such as `#/components/schemas/Event` are resolved in the document as a whole.
  ajv.addSchema({ $id: 'openapi', ...(closed(document) as OpenApiDocument) });
  const validators = new Map<string, ValidateFunction>();
  const seen = new Set<string>();

  function validatorOf(pointer: string): ValidateFunction {
    const known = validators.get(pointer) ?? ajv.compile({ $ref: `openapi#${pointer}` });
    validators.set(pointer, known);
    return known;
  }

  return {
    document,
    seen,
    async call(method, path, sent, options) {
      const answer = await call(method, path, sent, options);
      const name = `${method} ${path} → ${answer.status}`;
      const found = findOperation(document, method, path.slice(root.length));
      if (found === undefined) {
        if (answer.status === 404) return answer;
        throw new Error(`${name}: the document has no such operation.`);
      }
      const { template, operation } = found;
      seen.add(`${operation.operationId} ${answer.status}`);
      const steps = ['paths', template, method.toLowerCase(), 'responses', String(answer.status)];
      const { response, at } = findResponse(document, operation, steps);
      // `default` is for what nobody foresaw: what a test can make happen is foreseen.
      if (response === undefined) throw new Error(`${name}: the document has no such answer.`);
      checkHeaders(name, response, answer);
      if (answer.body === '' && response.content === undefined) return answer;
      const [type = ''] = (answer.headers.get('content-type') ?? '').split(';');
      if (response.content?.[type] === undefined) {
        throw new Error(`${name}: the document has no ${type} there.`);
      }
      const validate = validatorOf([...at, 'content', type, 'schema'].map(toPointer).join(''));
      if (!validate(answer.body)) {
        const errors = ajv.errorsText(validate.errors);
        throw new Error(`${name}: ${errors} in ${JSON.stringify(answer.body)}`);
      }
      return answer;
    },
  };
}

/** Clients take fields that are not described; what this instance sends is described. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, closed(item)]));
  const isShape = typeof inner.properties === 'object' && 'type' in inner;
  return isShape && !('additionalProperties' in inner)
    ? { ...inner, additionalProperties: false }
    : inner;
}

function checkHeaders(name: string, response: OpenApiResponse, answer: Answer): void {
  const declared = Object.keys(response.headers ?? {}).map((header) => header.toLowerCase());
  for (const header of TELLING) {
    if (answer.headers.has(header) && !declared.includes(header)) {
      throw new Error(`${name}: the document has no header ${header} there.`);
    }
  }
}

function findResponse(
  document: OpenApiDocument,
  operation: OpenApiOperation,
  steps: string[],
): { response: OpenApiResponse | undefined; at: string[] } {
  const given = operation.responses[steps.at(-1) ?? ''];
  if (given === undefined || !('$ref' in given)) return { response: given, at: steps };
  const at = given.$ref.replace(/^#\//, '').split('/');
  return { response: document.components.responses[at.at(-1) ?? ''], at };
}

function toPointer(step: string): string {
  return `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`;
}

function findOperation(
  document: OpenApiDocument,
  method: string,
  path: string,
): { template: string; operation: OpenApiOperation } | undefined {
  const [pathname = ''] = path.split('?');
  // A path without parameters is meant before one that has them.
  const paths = Object.entries(document.paths).sort(
    ([left], [right]) => Number(left.includes('{')) - Number(right.includes('{')),
  );
  for (const [template, operations] of paths) {
    const pattern = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    const operation = operations[method.toLowerCase()];
    if (operation !== undefined && pattern.test(pathname)) return { template, operation };
  }
  return undefined;
}
