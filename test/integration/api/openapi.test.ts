import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { startTestCareerHooks, type TestCareerHooks } from '../../support/careerhooks';
import { type OpenApiDocument, type OpenApiOperation } from '../../support/conforming';

let careerHooks: TestCareerHooks;
let document: OpenApiDocument;
beforeAll(async () => {
  careerHooks = await startTestCareerHooks();
  document = (await careerHooks.call('GET', '/openapi.json', undefined, { token: null })).body;
});
afterAll(() => careerHooks.stop());

function operations(): { method: string; path: string; operation: OpenApiOperation }[] {
  return Object.entries(document.paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => ({ method, path, operation })),
  );
}

/** Every value of `key` in a JSON value, however deep. */
function valuesOf(value: unknown, key: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...valuesOf(inner, key),
  ]);
}

describe('the OpenAPI document', () => {
  test('is one of OpenAPI 3.1 with the API’s name and its way to authenticate', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.info).toMatchObject({ title: 'CareerHooks', version: expect.any(String) });
    expect(document.components.securitySchemes).toEqual({
      token: { type: 'http', scheme: 'bearer', description: expect.any(String) },
    });
  });

  test('refers only to what it has', () => {
    const references = valuesOf(document, '$ref') as string[];
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) {
      const steps = reference.replace(/^#\//, '').split('/');
      let found: unknown = document;
      for (const step of steps) found = (found as Record<string, unknown> | undefined)?.[step];
      expect([reference, typeof found]).toEqual([reference, 'object']);
    }
  });

  test('describes every operation: id, tag, summary, parameters, answers', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations()) {
      expect(operation).toMatchObject({ summary: expect.any(String), tags: [expect.any(String)] });
      expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true);
      for (const [status, given] of Object.entries(operation.responses)) {
        const response =
          '$ref' in given ? document.components.responses[given.$ref.split('/').at(-1)!]! : given;
        expect(status).toMatch(/^([245]\d\d|default)$/);
        expect(response.description).toMatch(/\w/);
        expect(Object.keys(response.content ?? {})).toHaveLength(1);
      }
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(declared.map(({ name }) => name)).toEqual(inPath);
      expect(declared.every(({ required }) => required === true)).toBe(true);
    }
  });

  test('has only operations that are routes', async () => {
    for (const { method, path } of operations()) {
      const url = path.replaceAll(/\{\w+\}/g, 'absent');
      const { status, body } = await careerHooks.call(method.toUpperCase(), url);
      const isRoute = status !== 404 || !String(body.detail).includes('GET /docs lists');
      expect([method, path, isRoute]).toEqual([method, path, true]);
    }
  });

  test('says of each operation who may call it', async () => {
    for (const { method, path, operation } of operations()) {
      const url = path.replaceAll(/\{\w+\}/g, 'absent');
      const { status } = await careerHooks.call(method.toUpperCase(), url, undefined, {
        token: null,
      });
      const asksForToken = '401' in operation.responses;
      expect([path, status === 401]).toEqual([path, asksForToken]);
    }
  });
});

describe('where the documents say that the API is', () => {
  const DOCUMENTS = ['/openapi.json', '/openapi-3.0.json'];

  /** Asks as no `fetch` would: with any Host. */
  function serversFor(
    instance: TestCareerHooks,
    path: string,
    headers: Record<string, string>,
  ): Promise<{ url: string }[]> {
    return new Promise((resolve, reject) => {
      request(`${instance.url}${path}`, { headers }, (response) => {
        text(response).then(
          (body) => resolve((JSON.parse(body) as OpenApiDocument).servers),
          reject,
        );
      })
        .once('error', reject)
        .end();
    });
  }

  test.each(DOCUMENTS)('%s: where it was asked for', async (path) => {
    const urls = async (headers: Record<string, string>): Promise<string[]> =>
      (await serversFor(careerHooks, path, headers)).map(({ url }) => url);
    expect(await urls({})).toEqual([careerHooks.url]);
    expect(await urls({ host: 'hooks.example.com:8443' })).toEqual([
      'http://hooks.example.com:8443',
    ]);
    expect(await urls({ host: '[::1]:3400' })).toEqual(['http://[::1]:3400']);
  });

  test.each(['hooks.example.com/evil', 'a@b', 'a b', '"><script>', 'x?y', '-'])(
    'a Host that is none is not repeated: %s',
    async (host) => {
      const [server] = await serversFor(careerHooks, '/openapi.json', { host });
      expect(server!.url).toBe('http://127.0.0.1:3400');
    },
  );

  test('nobody but a trusted proxy says that it is elsewhere', async () => {
    const forwarded = {
      host: 'inside:3400',
      'x-forwarded-host': 'hooks.example.com',
      'x-forwarded-proto': 'https',
    };
    const [direct] = await serversFor(careerHooks, '/openapi.json', forwarded);
    expect(direct!.url).toBe('http://inside:3400');

    const behind = await startTestCareerHooks({ TRUST_PROXY: '1' });
    try {
      for (const path of [...DOCUMENTS, '/roleready/openapi.json']) {
        const [server] = await serversFor(behind, path, forwarded);
        const root = path.startsWith('/roleready') ? '/roleready' : '';
        expect(server!.url).toBe(`https://hooks.example.com${root}`);
      }
    } finally {
      await behind.stop();
    }
  });

  test('CAREERHOOKS_PUBLIC_URL is believed before all else', async () => {
    const told = await startTestCareerHooks({
      TRUST_PROXY: '1',
      CAREERHOOKS_PUBLIC_URL: 'https://hooks.example.com/careerhooks/',
    });
    try {
      for (const root of ['', '/proposals']) {
        const [server] = await serversFor(told, `${root}/openapi.json`, { host: 'elsewhere' });
        expect(server!.url).toBe(`https://hooks.example.com/careerhooks${root}`);
      }
    } finally {
      await told.stop();
    }
  });
});

describe('the pages under /docs', () => {
  test.each(['/docs', '/docs/errors'])('%s loads nothing from elsewhere', async (path) => {
    const page = await careerHooks.call('GET', path, undefined, { token: null });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'self'/);
    const html = page.body as string;
    const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url!);
    for (const url of loaded) {
      expect(url).toMatch(/^[/#](?!\/)/);
      if (url.startsWith('#')) continue;
      const { status } = await careerHooks.call('GET', url, undefined, { token: null });
      expect([url, status]).toEqual([url, 200]);
    }
    expect(html).not.toMatch(/@import|url\(/);
  });

  test('the style sheet and the script that starts the page stay here, too', async () => {
    const css = await careerHooks.call('GET', '/docs/swagger-ui.css', undefined, { token: null });
    const urls = [...(css.body as string).matchAll(/url\(["']?([^)"']{1,40})/g)];
    for (const [, url] of urls) expect(url).toMatch(/^data:/);
    expect(css.body).not.toContain('@import');
    const start = await careerHooks.call('GET', '/docs/start.js', undefined, { token: null });
    expect(start.body).toContain("fetch('/openapi.json')");
    expect(start.body).not.toMatch(/https?:\/\//);
  });

  test('every code that the document names has a place on the page of errors', async () => {
    const { body } = await careerHooks.call('GET', '/docs/errors', undefined, { token: null });
    const { 'x-extensible-enum': codes = [] } = document.components.schemas.ProblemCode as {
      'x-extensible-enum'?: string[];
    };
    expect(codes).toContain('idempotency_conflict');
    for (const code of codes) expect(body).toContain(`id="${code}"`);
  });
});
