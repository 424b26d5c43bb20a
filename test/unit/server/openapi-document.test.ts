import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { findSystem, unknownPatterns, validateEventData } from '@careerhooks/systems';
import { newEndpointExample } from '../../../server/src/examples/endpoint';
import { eventExample, newEventExample } from '../../../server/src/examples/event';
import { NATIVE, type About } from '../../../server/src/openapi/about';
import { openApiDocument } from '../../../server/src/openapi/document';
import type { Operation } from '../../../server/src/operation';
import { OPERATIONS } from '../../../server/src/operations';
import { PRODUCTS } from '../../../server/src/products';
import { aboutProduct } from '../../../server/src/products/about-product';

type Json = Record<string, unknown>;

interface Media {
  schema: Json;
  examples?: Record<string, Json>;
}

interface Answer {
  description: string;
  headers?: Json;
  content?: Record<string, Media>;
}

interface Described {
  operationId: string;
  tags: string[];
  description: string;
  security: unknown[];
  'x-required-scope'?: string;
  parameters?: { name: string; description?: string }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, Answer>;
}

interface Document {
  openapi: string;
  info: { description: string };
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Described>>;
  components: Record<string, Record<string, Json>> & { schemas: Record<string, Json> };
}

type Version = '3.1.0' | '3.0.3';

/** A document as clients read it. */
function written(operations: readonly Operation[], about: About, version: Version): Document {
  return JSON.parse(JSON.stringify(openApiDocument(operations, about, version))) as Document;
}

const APIS: [name: string, operations: readonly Operation[], about: About][] = [
  ['native', OPERATIONS, NATIVE],
  ...PRODUCTS.map((product): [string, readonly Operation[], About] => [
    product.system,
    product.operations,
    aboutProduct(product),
  ]),
];

const DOCUMENTS = APIS.flatMap(([name, operations, about]) =>
  (['3.1.0', '3.0.3'] as const).map((version): [string, Document, readonly Operation[]] => [
    `${name} ${version}`,
    written(operations, about, version),
    operations,
  ]),
);
const NATIVE_DOCUMENT = written(OPERATIONS, NATIVE, '3.1.0');

function describedIn(document: Document): Described[] {
  return Object.values(document.paths).flatMap((path) => Object.values(path));
}

/** What a reference stands for, or the value itself. */
function resolve(document: Document, value: Json): Json {
  if (typeof value.$ref !== 'string') return value;
  const steps = value.$ref.replace(/^#\//, '').split('/');
  return steps.reduce<Json>((inside, step) => inside[step] as Json, document as unknown as Json);
}

function answersOf(document: Document, operation: Described): [status: string, answer: Answer][] {
  return Object.entries(operation.responses).map(([status, answer]) => [
    status,
    resolve(document, answer as unknown as Json) as unknown as Answer,
  ]);
}

/** Every schema in a document, with where it is. */
function schemasOf(document: Document): { at: string; schema: Json }[] {
  const found: { at: string; schema: Json }[] = [];
  const visit = (at: string, schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return;
    const one = schema as Json;
    found.push({ at, schema: one });
    for (const [name, property] of Object.entries((one.properties ?? {}) as Json)) {
      visit(`${at}.${name}`, property);
    }
    visit(`${at}[]`, one.items);
    visit(`${at}{}`, one.additionalProperties);
    for (const key of ['oneOf', 'anyOf', 'allOf']) {
      for (const member of (one[key] ?? []) as unknown[]) visit(`${at} ${key}`, member);
    }
  };
  for (const [name, schema] of Object.entries(document.components.schemas)) visit(name, schema);
  for (const operation of describedIn(document)) {
    const { operationId, parameters = [], requestBody } = operation;
    for (const parameter of parameters) {
      visit(`${operationId} ${parameter.name}`, (parameter as unknown as Media).schema);
    }
    for (const { schema } of Object.values(requestBody?.content ?? {})) {
      visit(`${operationId} body`, schema);
    }
    for (const [status, { content }] of answersOf(document, operation)) {
      for (const { schema } of Object.values(content ?? {})) {
        visit(`${operationId} ${status}`, schema);
      }
    }
  }
  return found;
}

describe.each(DOCUMENTS)('the OpenAPI document %s', (_, document, operations) => {
  const text = JSON.stringify(document);
  const described = describedIn(document);
  const schemas = schemasOf(document);

  it('describes every operation, each under its own id', () => {
    const ids = described.map(({ operationId }) => operationId);
    expect(ids.toSorted()).toEqual(operations.map(({ id }) => id).toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers only to what it holds', () => {
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!);
    expect(references.length).toBeGreaterThan(0);
    for (const path of references) {
      expect([path, typeof resolve(document, { $ref: `#/${path}` })]).toEqual([path, 'object']);
    }
  });

  it('has only patterns that every engine for regular expressions reads', () => {
    for (const { schema } of schemas) expect(schema.pattern ?? '').not.toMatch(/\\[pP]\{/);
  });

  it('has a word for every tag, operation, parameter, property and component', () => {
    const used = new Set(described.flatMap(({ tags }) => tags));
    expect(document.tags.map(({ name }) => name).toSorted()).toEqual([...used].toSorted());
    for (const { name, description } of document.tags) expect(description).not.toBe(name);
    for (const operation of described) {
      expect(operation.description.length).toBeGreaterThan(20);
      for (const { name, description } of operation.parameters ?? []) {
        expect([operation.operationId, name, description]).toContainEqual(
          expect.stringMatching(/\w/),
        );
        expect(description).toMatch(/\w/);
      }
    }
    const silent = schemas.filter(({ at, schema }) => {
      const [given] = (schema.allOf ?? schema.anyOf ?? []) as Json[];
      const inner = resolve(document, given ?? schema);
      const isNamed = at in document.components.schemas || /\.\w+$/.test(at);
      return isNamed && (schema.description ?? inner.description) === undefined;
    });
    expect(silent.map(({ at }) => at)).toEqual([]);
  });

  it('names every object, enumeration and union, and every body', () => {
    const unnamed = schemas.filter(({ at, schema }) => {
      const isShape =
        schema.properties !== undefined || schema.enum !== undefined || schema.oneOf !== undefined;
      return isShape && !(at in document.components.schemas);
    });
    expect(unnamed.map(({ at }) => at)).toEqual([]);
  });

  it('has no component that generators take for one of its own fields', () => {
    for (const [name, { properties }] of Object.entries(document.components.schemas)) {
      const variable = name.replace(/\B([A-Z])/g, '_$1').toLowerCase();
      expect(Object.keys(properties ?? {})).not.toContain(variable);
    }
  });

  it('has no component that hides a name of a language or of what generated clients import', () => {
    const taken = ['System', 'Error', 'Object', 'ValidationError', 'Client', 'Configuration'];
    expect(taken.filter((name) => name in document.components.schemas)).toEqual([]);
  });

  it('uses nothing that generators stumble over', () => {
    for (const { at, schema } of schemas) {
      expect([at, schema.const]).toEqual([at, undefined]);
      if (schema.format === 'date-time') expect([at, schema.pattern]).toEqual([at, undefined]);
      expect([at, schema.minimum]).not.toEqual([at, Number.MIN_SAFE_INTEGER]);
      expect([at, schema.maximum]).not.toEqual([at, Number.MAX_SAFE_INTEGER]);
      // What may be null, of which there is only a name.
      const alternatives = (schema.anyOf ?? []) as Json[];
      if (alternatives.length > 0) {
        expect([at, alternatives]).toEqual([at, [{ $ref: expect.any(String) }, { type: 'null' }]]);
      }
      if ('$ref' in schema) {
        expect(['$ref', 'description', 'default']).toEqual(
          expect.arrayContaining(Object.keys(schema)),
        );
      }
    }
  });

  it('leaves answers open to new fields', () => {
    const closed = new Set(
      schemas.filter(({ schema }) => schema.additionalProperties === false).map(({ at }) => at),
    );
    const reachable = new Set<string>();
    const visit = (value: unknown): void => {
      for (const [, name] of JSON.stringify(value).matchAll(/#\/components\/schemas\/(\w+)/g)) {
        if (reachable.has(name!)) continue;
        reachable.add(name!);
        visit(document.components.schemas[name!]);
      }
    };
    for (const operation of described) visit(answersOf(document, operation));
    expect([...reachable].filter((name) => closed.has(name))).toEqual([]);
  });

  it('says of every operation what happens where something breaks', () => {
    for (const operation of described) {
      const statuses = Object.keys(operation.responses);
      const unforeseen = document.openapi === '3.1.0' ? ['default'] : ['4XX', '5XX'];
      expect(statuses).toEqual(expect.arrayContaining(['500', ...unforeseen]));
      // Which products answer as the native API does: a second type of errors.
      if (document.openapi === '3.1.0') {
        expect(statuses).toEqual(expect.arrayContaining(['408', '431']));
      }
      if (operation.security.length > 0) {
        expect(statuses).toEqual(expect.arrayContaining(['401', '429', '503']));
      }
    }
  });

  it('has examples of every body and every JSON answer', () => {
    for (const operation of described) {
      const bodies = Object.values(operation.requestBody?.content ?? {});
      const answers = answersOf(document, operation)
        .filter(([status]) => !/default|XX/.test(status))
        .flatMap(([, { content }]) => Object.entries(content ?? {}))
        .filter(([type]) => type.includes('json'))
        .map(([, media]) => media);
      for (const { examples } of [...bodies, ...answers]) {
        expect([operation.operationId, Object.keys(examples ?? {}).length]).not.toEqual([
          operation.operationId,
          0,
        ]);
      }
    }
  });
});

describe.each(APIS)('the examples of the document %s', (_, operations, about) => {
  const document = written(operations, about, '3.1.0');
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats(ajv);
  ajv.addSchema({ $id: 'openapi', ...document });

  const validators = new Map<string, ValidateFunction>();

  function expectValid(at: string, { schema, examples = {} }: Media): void {
    const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/')) as Json;
    const key = JSON.stringify(absolute);
    const validate = validators.get(key) ?? ajv.compile(absolute);
    validators.set(key, validate);
    for (const example of Object.values(examples)) {
      validate(resolve(document, example).value);
      expect([at, validate.errors]).toEqual([at, null]);
    }
  }

  it('are as their schemas say', () => {
    for (const operation of describedIn(document)) {
      for (const media of Object.values(operation.requestBody?.content ?? {})) {
        expectValid(`${operation.operationId} body`, media);
      }
      for (const [status, { content }] of answersOf(document, operation)) {
        for (const media of Object.values(content ?? {})) {
          expectValid(`${operation.operationId} ${status}`, media);
        }
      }
    }
    for (const { at, schema } of schemasOf(document)) {
      if (schema.example === undefined) continue;
      const { example, ...rest } = schema;
      expectValid(at, { schema: rest, examples: { example: { value: example } } });
    }
  });

  it('are requests that are taken', () => {
    for (const { id, body, bodyExamples = {} } of operations) {
      for (const example of Object.values(bodyExamples)) {
        expect([id, body?.safeParse(example).error]).toEqual([id, undefined]);
      }
    }
  });
});

describe('the OpenAPI document of the native API', () => {
  function described(method: string, path: string): Described {
    return NATIVE_DOCUMENT.paths[path]![method]!;
  }

  it('asks for a token wherever the operation does, and says with which scope', () => {
    for (const { access, method, path, problems } of OPERATIONS) {
      const { security, responses, ...operation } = described(method, path);
      expect(security).toEqual(access === 'public' ? [] : [{ token: [] }]);
      expect(operation['x-required-scope']).toBe(access === 'public' ? undefined : access);
      expect('429' in responses).toBe(
        access !== 'public' || problems?.includes('rate_limited') === true,
      );
      if (access === 'publish' || access === 'manage') {
        expect(operation.description).toContain(`the scope \`${access}\``);
      }
    }
  });

  it('has one of two named shapes for what is published, and for the answer', () => {
    const { schemas } = NATIVE_DOCUMENT.components;
    const name = (to: string): Json => ({ $ref: `#/components/schemas/${to}` });
    expect(schemas.Publication).toMatchObject({ oneOf: [name('NewEvent'), name('EventBatch')] });
    expect(schemas.Acceptance).toMatchObject({
      oneOf: [name('AcceptedEvent'), name('AcceptedBatch')],
    });
  });

  it('has the same integers in answers as in requests', () => {
    const { NewEndpoint, Endpoint } = NATIVE_DOCUMENT.components.schemas as Record<
      string,
      { properties: Record<string, Json> }
    >;
    for (const name of ['timeout_seconds', 'max_retries', 'rate_limit']) {
      expect(NewEndpoint!.properties[name]!.type).toEqual(['integer', 'null']);
      expect(Endpoint!.properties[name]!.type).toEqual(['integer', 'null']);
    }
  });

  it('declares the limits that requests meet', () => {
    const { NewEndpoint, EndpointPatch, EventBatch } = NATIVE_DOCUMENT.components.schemas as Record<
      string,
      Json & { properties: Record<string, Json> }
    >;
    expect(EndpointPatch!.minProperties).toBe(1);
    expect(NewEndpoint!.properties.headers).toMatchObject({
      maxProperties: 20,
      propertyNames: { maxLength: 100 },
      additionalProperties: { maxLength: 2000 },
    });
    expect(EventBatch!.properties.events).toMatchObject({ minItems: 1, maxItems: 500 });
    expect(NewEndpoint!.additionalProperties).toBe(false);
  });

  it('lets lists and objects that may be left out be null, so that no generator begins them empty', () => {
    const { EndpointPatch, NewEndpoint, NewEvent } = NATIVE_DOCUMENT.components.schemas as Record<
      string,
      { properties: Record<string, Json> }
    >;
    expect(EndpointPatch!.properties.events!.type).toEqual(['array', 'null']);
    expect(EndpointPatch!.properties.headers!.type).toEqual(['object', 'null']);
    expect(NewEndpoint!.properties.headers!.type).toEqual(['object', 'null']);
    expect(NewEndpoint!.properties.events!.type).toBe('array');
    expect(NewEvent!.properties.previous_attributes!.type).toEqual(['object', 'null']);
  });

  it('has the headers that answers have', () => {
    const { responses } = described('post', '/v1/events');
    const headers = (status: string): string[] =>
      Object.keys(resolve(NATIVE_DOCUMENT, responses[status] as unknown as Json).headers ?? {});
    expect(headers('202')).toEqual(['RateLimit', 'RateLimit-Policy']);
    expect(headers('401')).toContain('WWW-Authenticate');
    expect(headers('429')).toContain('Retry-After');
    expect(headers('503')).toEqual(['Retry-After']);
    expect(headers('413')).toEqual([]);
  });

  it('says what compatible changes are, and when a list is at its end', () => {
    expect(NATIVE_DOCUMENT.info.description).toMatch(/ignore what you do not know/);
    const { EventPage } = NATIVE_DOCUMENT.components.schemas as Record<
      string,
      { properties: Record<string, Json> }
    >;
    expect(EventPage!.properties.next_cursor!.description).toMatch(/null where .* the last/);
  });

  it('has one type of errors in 3.0: generators for it know no second', () => {
    for (const [, operations, about] of APIS) {
      const old = written(operations, about, '3.0.3');
      for (const operation of describedIn(old)) {
        const types = answersOf(old, operation)
          .filter(([status]) => !status.startsWith('2'))
          .flatMap(([, { content = {} }]) => Object.keys(content));
        expect([...new Set(types)]).toEqual([about.errors.type]);
      }
    }
  });

  it('is there in 3.0 as well, where null has a word of its own', () => {
    const { components, openapi } = written(OPERATIONS, NATIVE, '3.0.3');
    expect(openapi).toBe('3.0.3');
    const { properties } = components.schemas.Endpoint as { properties: Record<string, Json> };
    expect(properties.user).toMatchObject({ type: 'string', nullable: true });
    expect(properties.verification).toMatchObject({
      allOf: [{ $ref: '#/components/schemas/Verification' }],
      nullable: true,
    });
  });
});

test('the event that the reference publishes is one of the catalogue’s', () => {
  const roleready = findSystem('roleready')!;
  for (const { type, data } of [newEventExample, eventExample]) {
    expect(() => validateEventData(roleready, type, data)).not.toThrow();
  }
  expect(unknownPatterns(roleready, newEndpointExample.events)).toEqual([]);
});

describe('the OpenAPI documents of the products', () => {
  it('describe no content where an answer has none', () => {
    const resumebuilder = DOCUMENTS.find(([name]) => name === 'resumebuilder 3.1.0')![1];
    const { responses } = resumebuilder.paths['/api/v1/webhooks/{id}']!.delete!;
    expect(responses['204']).toMatchObject({ description: 'Deleted' });
    expect(responses['204']).not.toHaveProperty('content');
  });

  it('have the products’ own errors, apart from those that come before a product is known', () => {
    for (const [, operations, about] of APIS.slice(1)) {
      const document = written(operations, about, '3.1.0');
      for (const operation of describedIn(document)) {
        for (const [status, { content = {} }] of answersOf(document, operation)) {
          if (status.startsWith('2')) continue;
          const early = status === '408' || status === '431';
          expect([status, Object.keys(content)]).toEqual([
            status,
            [early ? 'application/problem+json' : 'application/json'],
          ]);
        }
      }
    }
  });
});
