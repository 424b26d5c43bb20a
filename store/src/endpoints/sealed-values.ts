import type { Sealer } from '../sealing';
import type { Endpoint } from './endpoint';

/**
 * What of an endpoint is sealed, and opened, here alone. Each value is bound to its endpoint and to what
 * it is, so that one does not open in the place of another.
 */
export type SealedValue = 'headers' | 'challenge' | 'keys';

/** One generation of an endpoint's keys; the shape is the systems', the store only seals it. */
export interface EndpointKeys {
  secret: string;
  signingKey: string;
  privateKey?: string;
}

export function sealSettings(
  sealer: Sealer,
  endpointId: string,
  settings: Readonly<Record<string, unknown>>,
): string {
  return sealer.seal(JSON.stringify(settings), boundTo(endpointId, 'headers'));
}

/**
 * What the endpoint's destination takes beside the URL; empty where there is nothing. Throws StoreError
 * `master_key_unknown` or `sealed_value_damaged`.
 */
export function openSettings(
  sealer: Sealer,
  endpoint: Pick<Endpoint, 'id' | 'settingsSealed'>,
): Record<string, unknown> {
  if (endpoint.settingsSealed === null) return {};
  const text = sealer.open(endpoint.settingsSealed, boundTo(endpoint.id, 'headers'));
  return JSON.parse(text) as Record<string, unknown>;
}

export function sealChallenge(sealer: Sealer, endpointId: string, challenge: string): string {
  return sealer.seal(challenge, boundTo(endpointId, 'challenge'));
}

/**
 * The text that the endpoint's URL must echo. Throws StoreError `master_key_unknown`, or
 * `sealed_value_damaged`, also where no challenge was asked for.
 */
export function openChallenge(
  sealer: Sealer,
  endpoint: Pick<Endpoint, 'id' | 'challengeSealed'>,
): string {
  return sealer.open(endpoint.challengeSealed ?? '', boundTo(endpoint.id, 'challenge'));
}

export function sealKeys(sealer: Sealer, endpointId: string, keys: EndpointKeys): string {
  return sealer.seal(JSON.stringify(keys), boundTo(endpointId, 'keys'));
}

/** One generation. Throws StoreError `master_key_unknown` or `sealed_value_damaged`. */
export function openKeys(sealer: Sealer, endpointId: string, sealed: string): EndpointKeys {
  return JSON.parse(sealer.open(sealed, boundTo(endpointId, 'keys'))) as EndpointKeys;
}

/** The same value, sealed under the current master key. Throws as to open it does. */
export function sealAgain(
  sealer: Sealer,
  endpointId: string,
  what: SealedValue,
  sealed: string,
): string {
  const context = boundTo(endpointId, what);
  return sealer.seal(sealer.open(sealed, context), context);
}

function boundTo(endpointId: string, what: SealedValue): string {
  return `endpoints/${endpointId}/${what}`;
}
