import { openApiDocument } from '../../../server/src/openapi/document';
import { OPERATIONS } from '../../../server/src/operations';
import { resumebuilder } from '../../../server/src/products/resumebuilder';

const document = openApiDocument(OPERATIONS);
const text = JSON.stringify(document);

describe('the OpenAPI document', () => {
  it('describes every operation, each under its own id', () => {
    const ids = Object.values(document.paths ?? {})
      .flatMap((path) => Object.values(path as Record<string, { operationId: string }>))
      .map(({ operationId }) => operationId);
    expect(ids.toSorted()).toEqual(OPERATIONS.map(({ id }) => id).toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers only to what it holds', () => {
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name!,
    );
    expect(references.length).toBeGreaterThan(0);
    for (const name of references) expect(document.components?.schemas).toHaveProperty(name);
  });

  it('has only patterns that every engine for regular expressions reads', () => {
    const patterns = [...text.matchAll(/"pattern":("(?:[^"\\\\]|\\\\.)*")/g)].map(
      ([, pattern]) => JSON.parse(pattern!) as string,
    );
    expect(patterns.length).toBeGreaterThan(0);
    for (const pattern of patterns) expect(pattern).not.toMatch(/\\[pP]\{/);
  });

  it('describes no content where an answer has none', () => {
    const paths = openApiDocument(resumebuilder.operations).paths ?? {};
    const { responses } = paths['/api/v1/webhooks/{id}']?.delete ?? {};
    expect(responses?.['204']).toMatchObject({ description: 'Deleted' });
    expect(responses?.['204']).not.toHaveProperty('content');
    expect(responses?.['404']).toHaveProperty('content');
  });

  it('says wherever a token is asked for that there may be too many requests', () => {
    for (const { access, method, path } of OPERATIONS) {
      const described = document.paths?.[path]?.[method];
      expect('429' in (described?.responses ?? {})).toBe(access !== 'public');
    }
  });

  it('asks for a token wherever the operation does', () => {
    for (const { access, method, path } of OPERATIONS) {
      const described = document.paths?.[path]?.[method];
      expect(described?.security).toEqual(access === 'public' ? [] : [{ token: [] }]);
    }
  });
});
