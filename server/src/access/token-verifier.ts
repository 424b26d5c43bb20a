import type { EgressClient } from '@careerhooks/egress';
import {
  createRemoteJWKSet,
  customFetch,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose';
import { Problem } from '../problems/problem';
import { userId } from '../schemas/common';

/** How one product's tokens are verified; without `secret` and `jwksUrl` none is accepted. */
export interface TokenSettings {
  /** Keys HS256, as UTF-8 text. */
  secret?: string | undefined;
  /** Where the product publishes its public keys (RFC 7517). */
  jwksUrl?: string | undefined;
  issuer?: string | undefined;
  audience?: string | undefined;
}

/** Verifies the JWTs that products give to their users. */
export interface TokenVerifier {
  /**
   * The first of `systems` whose product issued the token, and the user it names; undefined where
   * none did. Throws Problem `token_unverifiable` where that cannot be told now.
   */
  verify(
    token: string,
    systems: readonly string[],
  ): Promise<{ system: string; user: string } | undefined>;
}

/**
 * Pinned, and apart from HS256: a token chooses its algorithm, and must not have a public key taken
 * for an HMAC secret, nor go unsigned.
 */
const PUBLIC_KEY_ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

const FETCH_TIMEOUT_MS = 5_000;

/** By how much the clocks of a product's machines and ours may differ, in seconds. */
const LEEWAY_S = 60;

/** Binds the verifiers of these systems, by their keys; public keys are fetched through the guard, and cached. */
export function createTokenVerifier(
  settings: Readonly<Record<string, TokenSettings>>,
  egress: EgressClient,
): TokenVerifier {
  const verifiers = new Map(
    Object.entries(settings).map(([system, given]) => [system, verifierOf(given, egress)]),
  );
  return {
    async verify(token, systems) {
      for (const system of systems) {
        const payload = await verifiers.get(system)?.(token);
        const user = userId.safeParse(payload?.sub);
        if (user.success) return { system, user: user.data };
      }
      return undefined;
    },
  };
}

function verifierOf(
  settings: TokenSettings,
  egress: EgressClient,
): (token: string) => Promise<JWTPayload | undefined> {
  const options: JWTVerifyOptions = {
    // A token that never ends could not be taken back.
    requiredClaims: ['exp', 'sub'],
    clockTolerance: LEEWAY_S,
    ...(settings.issuer !== undefined && { issuer: settings.issuer }),
    ...(settings.audience !== undefined && { audience: settings.audience }),
  };
  const secret = settings.secret === undefined ? undefined : Buffer.from(settings.secret, 'utf8');
  const keys = settings.jwksUrl === undefined ? undefined : remoteKeys(settings.jwksUrl, egress);

  return async (token) => {
    try {
      const { alg } = decodeProtectedHeader(token);
      if (alg === 'HS256') {
        if (secret === undefined) return undefined;
        return (await jwtVerify(token, secret, { ...options, algorithms: ['HS256'] })).payload;
      }
      if (keys === undefined) return undefined;
      const algorithms = PUBLIC_KEY_ALGORITHMS;
      return (await jwtVerify(token, keys, { ...options, algorithms })).payload;
    } catch (error) {
      if (error instanceof Problem) throw error;
      // A text that is no JWT at all is a TypeError.
      if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
      throw error;
    }
  };
}

/**
 * A set of keys that is fetched when a token first asks for it, and again, at most every half
 * minute, for a key that it lacks.
 */
function remoteKeys(url: string, egress: EgressClient): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(url), {
    [customFetch]: async (address: string) => {
      try {
        const { status, body } = await egress.request({
          method: 'GET',
          url: address,
          headers: { accept: 'application/jwk-set+json, application/json' },
          timeoutMs: FETCH_TIMEOUT_MS,
        });
        if (status === 200) return new Response(new Uint8Array(body), { status });
        throw new Error(`It answered ${status}.`);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Problem('token_unverifiable', `Try again in a moment. ${reason}`);
      }
    },
  });
}
