import { openApiDocument } from '../../../server/src/openapi/document';
import { OPERATIONS } from '../../../server/src/operations';

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

  it('asks for a token wherever the operation does', () => {
    for (const { access, method, path } of OPERATIONS) {
      const described = document.paths?.[path]?.[method];
      expect(described?.security).toEqual(access === 'public' ? [] : [{ token: [] }]);
    }
  });
});
