import { StoreError } from '@careerhooks/store';
import { SettingError, SetupError } from './settings';

/** What `sysexits.h` calls EX_CONFIG: nothing but another setting helps, so a restart does not. */
const EX_CONFIG = 78;

/** Errors of packages whose message says which setting has to be changed, by their codes. */
const SETTING_CODES: ReadonlySet<unknown> = new Set([
  'master_key_invalid',
  'master_key_unknown',
  'setting_invalid',
  'setting_refused',
]);

/** 78 where a setting has to be changed, 1 for anything else. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof SettingError) return EX_CONFIG;
  return isOurs(error) && 'code' in error && SETTING_CODES.has(error.code) ? EX_CONFIG : 1;
}

/** Whether the message says it all to an operator: a stack would add nothing. */
export function isForeseen(error: unknown): error is Error {
  return error instanceof SetupError || isOurs(error) || isSystemError(error);
}

/** The operating system's word on a file, folder or port: it names it. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** Temporal's by its name: a command that does without it does not load it. */
function isOurs(error: unknown): error is Error {
  return error instanceof StoreError || (error instanceof Error && error.name === 'TemporalError');
}
