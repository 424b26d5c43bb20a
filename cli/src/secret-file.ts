import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ZodString } from 'zod';
import { SettingError } from './settings';
import { textFault } from './text-fault';

/**
 * A secret that lives in a file that only its owner may read (mode 0600). Made
 * on first use; of two processes that make it at once, one wins and both read
 * the same. It appears under its name only when it is whole and on the disk: an
 * empty one, left by a crash, would be a secret that everybody knows.
 *
 * @param rule what the setting must be that the file stands in for.
 * @throws SettingError which names the file, and does not show what is in it.
 */
export function readOrCreateSecret(path: string, generate: () => string, rule?: ZodString): string {
  return checked(path, readText(path) ?? createSecret(path, generate()), rule);
}

/** As `readOrCreateSecret`, but makes none: undefined where there is none. */
export function readSecret(path: string, rule?: ZodString): string | undefined {
  const secret = readText(path);
  return secret === undefined ? undefined : checked(path, secret, rule);
}

function checked(path: string, secret: string, rule: ZodString | undefined): string {
  const fault = faultOf(secret, rule);
  if (fault === undefined) return secret;
  throw new SettingError(
    `${path}: what is in it ${fault}. Put the secret in, or delete the file to have one made.`,
  );
}

function faultOf(secret: string, rule: ZodString | undefined): string | undefined {
  if (secret === '') return 'must not be empty';
  return textFault(secret) ?? rule?.safeParse(secret).error?.issues[0]?.message;
}

/** Undefined where there is none. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function createSecret(path: string, secret: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  try {
    writeFileSync(draft, `${secret}\n`, { mode: 0o600, flag: 'wx', flush: true });
    linkSync(draft, path);
    return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readFileSync(path, 'utf8').trim();
  } finally {
    rmSync(draft, { force: true });
  }
}
