import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { StoreError } from './errors';

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const HEX_KEY = /^[0-9a-f]{64}$/i;
const BASE64_KEY = /^[\w+/-]{43}=?$/;

/**
 * Seals secrets with AES-256-GCM (NIST SP 800-38D). Each sealed text names its
 * key, so that a new master key can seal while older ones still open; and it is
 * bound to `context` (which row it belongs to), so that a sealed value copied
 * into another row does not open there.
 */
export interface Sealer {
  /** `v1.<key id>.<base64url of iv, ciphertext and tag>` */
  seal(plaintext: string, context: string): string;
  /** Throws StoreError `master_key_unknown` or `sealed_value_damaged`. */
  open(sealed: string, context: string): string;
  /** Whether the value was sealed under a key that is no longer the first. */
  isStale(sealed: string): boolean;
}

/**
 * Builds a sealer from master keys, each 32 bytes in base64 or hex. The first
 * seals; all of them open.
 */
export function createSealer(masterKeys: readonly string[]): Sealer {
  const keys = new Map(masterKeys.map((text) => readMasterKey(text)));
  const [current] = keys;
  if (current === undefined) throw new StoreError('master_key_invalid', 'No master key is set.');
  const [currentId, currentKey] = current;

  return {
    seal(plaintext, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', currentKey, iv);
      cipher.setAAD(Buffer.from(context));
      const sealed = Buffer.concat([
        iv,
        cipher.update(plaintext, 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      return `${VERSION}.${currentId}.${sealed.toString('base64url')}`;
    },
    open(sealed, context) {
      const [version, id, payload] = sealed.split('.');
      if (version !== VERSION || id === undefined || payload === undefined) throw damaged();
      const key = keys.get(id);
      if (key === undefined) {
        throw new StoreError(
          'master_key_unknown',
          `A stored secret was sealed under master key ${id}, which is not among the keys given. Add that key to CAREERHOOKS_MASTER_KEY, after the current one.`,
        );
      }
      const bytes = Buffer.from(payload, 'base64url');
      if (bytes.length < IV_BYTES + TAG_BYTES) throw damaged();
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        return (
          decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)).toString('utf8') +
          decipher.final('utf8')
        );
      } catch {
        throw damaged();
      }
    },
    isStale: (sealed) => sealed.split('.')[1] !== currentId,
  };
}

/** A new random master key, in base64. */
export function generateMasterKey(): string {
  return randomBytes(KEY_BYTES).toString('base64');
}

function readMasterKey(text: string): [id: string, key: Buffer] {
  const trimmed = text.trim();
  // Node's decoder skips what is not base64, so that a mistyped key would pass for another one.
  const encoding = HEX_KEY.test(trimmed) ? 'hex' : BASE64_KEY.test(trimmed) ? 'base64' : undefined;
  if (encoding === undefined) {
    throw new StoreError(
      'master_key_invalid',
      'A master key is 32 bytes, in base64 or hex: make one with `openssl rand -base64 32`. Look at CAREERHOOKS_MASTER_KEY, or at master-key in the data folder.',
    );
  }
  const key = Buffer.from(trimmed, encoding);
  return [createHash('sha256').update('key id').update(key).digest('hex').slice(0, 8), key];
}

function damaged(): StoreError {
  return new StoreError(
    'sealed_value_damaged',
    'A stored secret is damaged or belongs to another row.',
  );
}
