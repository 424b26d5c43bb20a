import { DatabaseUnavailable, StoreError } from '@careerhooks/store';
import { SystemsError } from '@careerhooks/systems';
import { EgressError } from '@careerhooks/egress';
import { Problem } from './problem';

/** The problem that an error means to the caller, or undefined where it is our own fault. */
export function toProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof StoreError && error.code === 'idempotency_conflict') {
    return new Problem('idempotency_conflict', error.message);
  }
  if (error instanceof StoreError && error.code === 'url_taken') {
    return new Problem('url_taken', 'Change or delete the other endpoint, or choose another URL.');
  }
  if (error instanceof DatabaseUnavailable) {
    return new Problem(
      'database_unavailable',
      'Try again in a moment. Publish with the same id or Idempotency-Key: should the answer to a commit have been lost, it is accepted once all the same.',
    );
  }
  if (error instanceof SystemsError) return fromSystems(error);
  if (error instanceof EgressError) {
    return new Problem(
      error.code === 'private_address' ? 'private_address' : 'invalid_url',
      error.message,
    );
  }
  if (error instanceof URIError) {
    return new Problem('invalid_request', 'The path has a percent sign that encodes nothing.');
  }
  return fromBodyParser(error);
}

function fromSystems(error: SystemsError): Problem | undefined {
  if (error.code === 'unknown_event_type') {
    return new Problem('unknown_event_type', `${error.message} GET /v1/systems lists them.`);
  }
  if (error.code === 'invalid_event_data') {
    return new Problem(
      'invalid_event_data',
      error.message,
      error.issues.map(({ path, message }) => ({
        path: path === '' ? 'data' : `data.${path}`,
        message,
      })),
    );
  }
  if (error.code === 'duplicate_key') {
    return new Problem('duplicate_key', error.message, error.issues);
  }
  return undefined;
}

/** Errors of Express's body parser carry a `type`, or are those of zlib. */
function fromBodyParser(error: unknown): Problem | undefined {
  const type = propertyOf(error, 'type');
  if (type === 'entity.too.large') {
    const limit = Number(propertyOf(error, 'limit')) / 1024 ** 2;
    return new Problem(
      'body_too_large',
      limit > 1 ? `Send at most ${limit} MiB.` : 'Send at most 1 MiB; split a batch of events.',
    );
  }
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') {
    return new Problem('unsupported_media_type', 'Send JSON in UTF-8, plain or gzip.');
  }
  // What zlib reports of a body that says it is compressed.
  if (/^Z_/.test(String(propertyOf(error, 'code')))) {
    return new Problem('invalid_json', 'The body could not be decompressed.');
  }
  if (typeof type === 'string' && /^(request|entity|stream)\./.test(type)) {
    return new Problem('invalid_json', 'The body did not arrive whole.');
  }
  return undefined;
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
