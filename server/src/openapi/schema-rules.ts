import type { ZodOpenApiOverride } from 'zod-openapi';
import type { OpenApiVersion } from './about';

/**
 * How schemas are written into the documents, so that what is made from them, in any language, is
 * what was meant:
 *
 * - an answer may have fields that are not described: another one breaks nobody
 * - a union is `oneOf`: its members exclude each other, and fewer tools understand `anyOf`
 * - what may be null says so in its `type`, where it has one
 * - that the names of fields are texts goes without saying
 * - in OpenAPI 3.0, what may be null has a type beside a reference, too
 * - a list or an object that a request may leave out may be null: else generators begin it empty
 * - an integer has no bounds that are only JavaScript's own
 * - `format` says all of a time or a UUID: no pattern beside it
 * - a constant is an enumeration of one, and a boolean that is always the same a boolean
 */
export const schemaRules =
  (openapi: OpenApiVersion): ZodOpenApiOverride =>
  ({ jsonSchema, zodSchema, io }) => {
    const { def } = zodSchema._zod;
    if (def.type === 'object' && io === 'output' && def.catchall === undefined) {
      delete jsonSchema.additionalProperties;
    }
    if (def.type === 'union' && jsonSchema.anyOf !== undefined) {
      jsonSchema.oneOf = jsonSchema.anyOf;
      delete jsonSchema.anyOf;
    }
    if (def.type === 'nullable') mergeNull(jsonSchema);
    if (def.type === 'optional' && io === 'input') letBeNull(jsonSchema, openapi);
    if (def.type === 'record') removePlainNames(jsonSchema);
    if (jsonSchema.nullable === true && jsonSchema.allOf) jsonSchema.type ??= 'object';
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    if (['date-time', 'uuid'].includes(jsonSchema.format ?? '')) delete jsonSchema.pattern;
    if (def.type === 'literal') {
      const { const: value } = jsonSchema;
      delete jsonSchema.const;
      if (jsonSchema.type === 'boolean') delete jsonSchema.enum;
      else if (value !== undefined) jsonSchema.enum = [value];
    }
  };

type JsonSchema = Parameters<ZodOpenApiOverride>[0]['jsonSchema'];

function letBeNull(jsonSchema: JsonSchema, openapi: OpenApiVersion): void {
  const { type } = jsonSchema;
  if (type !== 'array' && type !== 'object') return;
  if (openapi === '3.1.0') jsonSchema.type = [type, 'null'];
  else jsonSchema.nullable = true;
}

function mergeNull(jsonSchema: JsonSchema): void {
  const [given, nothing, ...more] = jsonSchema.anyOf ?? [];
  if (typeof given?.type !== 'string' || given.enum !== undefined) return;
  if (nothing?.type !== 'null' || more.length > 0) return;
  delete jsonSchema.anyOf;
  Object.assign(jsonSchema, { ...given, ...jsonSchema, type: [given.type, 'null'] });
}

function removePlainNames(jsonSchema: JsonSchema): void {
  const { propertyNames } = jsonSchema;
  if (typeof propertyNames === 'object' && Object.keys(propertyNames).join() === 'type') {
    delete jsonSchema.propertyNames;
  }
}
