import { Problem } from '../../problems/problem';
import { producerId } from '../../schemas/common';

const HEADER = 'Idempotency-Key';
const RULE = 'must be 1 to 128 visible ASCII characters without spaces';

/** @throws {Problem} `invalid_request` where the header is no key. */
export function readIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined || producerId.safeParse(header).success) return header;
  throw new Problem('invalid_request', `${HEADER} ${RULE}.`, [{ path: HEADER, message: RULE }]);
}
