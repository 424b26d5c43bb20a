import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { CallApi } from './call-api';

/** What tests read of an OpenAPI document. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
}

export interface OpenApiOperation {
  operationId: string;
  tags: string[];
  summary: string;
  parameters?: { name: string; in: string; required?: boolean }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<
    string,
    { description: string; content: Record<string, { schema: object } | undefined> }
  >;
}

/** Calls the API, and holds every answer against what the instance's OpenAPI document says of it. */
export interface ConformingApi {
  call: CallApi;
  document: OpenApiDocument;
  /** `operationId status` of every answer so far. */
  seen: Set<string>;
}

export async function conformingApi(call: CallApi): Promise<ConformingApi> {
  const { body } = await call('GET', '/openapi.json');
  const document = body as OpenApiDocument;
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats(ajv);
  // References such as `#/components/schemas/Event` are resolved in the document as a whole.
  ajv.addSchema({ $id: 'openapi', ...document });
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
      const found = findOperation(document, method, path);
      if (found === undefined) {
        if (answer.status === 404) return answer;
        throw new Error(`${name}: the document has no such operation.`);
      }
      const { template, operation } = found;
      seen.add(`${operation.operationId} ${answer.status}`);
      const response = operation.responses[answer.status];
      if (response === undefined) throw new Error(`${name}: the document has no such answer.`);
      const [type = ''] = (answer.headers.get('content-type') ?? '').split(';');
      if (response.content[type] === undefined) {
        throw new Error(`${name}: the document has no ${type} there.`);
      }
      const steps = ['paths', template, method.toLowerCase(), 'responses', String(answer.status)];
      const validate = validatorOf([...steps, 'content', type, 'schema'].map(toPointer).join(''));
      if (!validate(answer.body)) {
        const errors = ajv.errorsText(validate.errors);
        throw new Error(`${name}: ${errors} in ${JSON.stringify(answer.body)}`);
      }
      return answer;
    },
  };
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
  for (const [template, operations] of Object.entries(document.paths)) {
    const pattern = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    const operation = operations[method.toLowerCase()];
    if (operation !== undefined && pattern.test(pathname)) return { template, operation };
  }
  return undefined;
}
