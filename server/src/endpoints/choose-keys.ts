import type { EndpointKeys } from '@careerhooks/store';
import { generateKeys, generatePrivateKey, type System } from '@careerhooks/systems';

/**
 * The keys of an endpoint that is registered: those in use, unless its owner
 * brings another secret, or asks for Ed25519 for the first time.
 */
export function chooseKeys(
  system: System,
  wanted: { secret?: string | undefined; ed25519?: boolean | undefined },
  current: EndpointKeys | undefined,
): EndpointKeys {
  const sameSecret = wanted.secret === undefined || wanted.secret === current?.secret;
  const sameScheme = wanted.ed25519 !== true || current?.privateKey !== undefined;
  if (current !== undefined && sameSecret && sameScheme) return current;
  const kept = current !== undefined && sameSecret ? current : generateKeys(system, wanted.secret);
  const privateKey =
    current?.privateKey ?? (wanted.ed25519 === true ? generatePrivateKey() : undefined);
  return privateKey === undefined ? kept : { ...kept, privateKey };
}
