const EXCERPT_BYTES = 1024;

/**
 * The beginning of an answer as text for people. What is not UTF-8 is replaced,
 * and so are NULs, which PostgreSQL's text cannot hold.
 */
export function excerpt(body: Buffer): string {
  return body.subarray(0, EXCERPT_BYTES).toString('utf8').replaceAll('\0', '\uFFFD');
}
