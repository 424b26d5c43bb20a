import { createPrivateKey, X509Certificate } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { NativeConnectionOptions } from '@temporalio/worker';
import { reasonOf, TemporalError } from './errors';

export type TemporalSettings =
  | { external: false; namespace: string }
  | { external: true; namespace: string; connectionOptions: NativeConnectionOptions };

/** Each says by itself that there is a Temporal server to use. */
const CHOOSES_SERVER = ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'];
const SWITCHES = ['TEMPORAL_TLS', 'TEMPORAL_TLS_DISABLE_HOST_VERIFICATION'];
const FILES = [
  'TEMPORAL_CONFIG_FILE',
  'TEMPORAL_TLS_CLIENT_CERT_PATH',
  'TEMPORAL_TLS_CLIENT_KEY_PATH',
  'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
];

/**
 * Whether the settings name a Temporal server of the operator's own; if not, the embedded one runs.
 *
 * The configuration file at its default place does not by itself make it so: it may be there for
 * other programs, and `careerhooks start` must not reach into a cluster that nobody pointed it to.
 *
 * @throws TemporalError `setting_invalid` where credentials are set, but no server for them
 */
export function isExternal(env: NodeJS.ProcessEnv): boolean {
  const settings = withoutBlanks(env);
  if (CHOOSES_SERVER.some((name) => settings[name] !== undefined)) return true;
  const stray = Object.keys(settings).find((name) =>
    /^TEMPORAL_(API_KEY$|TLS$|TLS_|GRPC_META_)/.test(name),
  );
  if (stray !== undefined) {
    throw invalid(stray, 'is set, but not TEMPORAL_ADDRESS, the server that it is meant for');
  }
  return false;
}

/**
 * Reads the standard settings of Temporal's clients: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE,
 * TEMPORAL_API_KEY, TEMPORAL_TLS and TEMPORAL_TLS_*, TEMPORAL_GRPC_META_*, or a profile
 * (TEMPORAL_PROFILE) of a configuration file (TEMPORAL_CONFIG_FILE). A blank setting is no setting.
 *
 * @see https://docs.temporal.io/develop/environment-configuration
 * @throws TemporalError `setting_invalid`, which names the setting
 */
export function readTemporalSettings(env: NodeJS.ProcessEnv): TemporalSettings {
  const settings = withoutBlanks(env);
  if (!isExternal(settings)) {
    return { external: false, namespace: settings.TEMPORAL_NAMESPACE ?? 'default' };
  }
  requireSwitches(settings);
  requireFiles(settings);
  const { connectionOptions, namespace = 'default' } = load(settings);
  requireAddress(connectionOptions.address, settings);
  requireCertificates(connectionOptions, settings);
  return { external: true, namespace, connectionOptions };
}

/**
 * `NAME=` in a compose file means not set; and a key read from a file ends in a newline. Quotes, which
 * Docker's `--env-file` leaves around a value, would be sent as part of it.
 */
function withoutBlanks(env: NodeJS.ProcessEnv): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    const trimmed = value?.trim();
    if (trimmed && name.startsWith('TEMPORAL_')) requireText(name, trimmed);
    // A blank one of these takes away what the profile says.
    if (trimmed || (trimmed === '' && name.startsWith('TEMPORAL_GRPC_META_'))) {
      settings[name] = trimmed;
    }
  }
  return settings;
}

function requireText(name: string, text: string): void {
  if (/^(["'`]).*\1$/s.test(text)) throw invalid(name, 'must be without quotes around it');
  // PEM has lines.
  if (!name.endsWith('_DATA') && /\p{Cc}/u.test(text)) {
    throw invalid(name, 'must not have a line break or another control character in it');
  }
}

/** The client library takes any word but `1` and `true` for no: `TEMPORAL_TLS=yes` is plain text. */
function requireSwitches(settings: Record<string, string>): void {
  for (const name of SWITCHES) {
    const value = settings[name];
    if (value !== undefined && !['true', 'false', '1', '0'].includes(value)) {
      throw invalid(name, `must be true or false, not ${JSON.stringify(value)}`);
    }
  }
  if (/^(true|1)$/.test(settings.TEMPORAL_TLS_DISABLE_HOST_VERIFICATION ?? '')) {
    throw invalid(
      'TEMPORAL_TLS_DISABLE_HOST_VERIFICATION',
      'is not supported; give the server’s own CA in TEMPORAL_TLS_SERVER_CA_CERT_PATH',
    );
  }
}

function requireFiles(settings: Record<string, string>): void {
  for (const name of FILES) {
    const path = settings[name];
    if (path === undefined) continue;
    try {
      accessSync(path, constants.R_OK);
    } catch (error) {
      throw invalid(name, `names a file that cannot be read: ${reasonOf(error)}`);
    }
  }
}

function load(settings: Record<string, string>) {
  try {
    return loadClientConnectConfig({ overrideEnvVars: settings });
  } catch (error) {
    const name =
      settings.TEMPORAL_PROFILE === undefined ? 'TEMPORAL_CONFIG_FILE' : 'TEMPORAL_PROFILE';
    // The parser goes on with the lines around its error, the API key's among them.
    const [reason = ''] = reasonOf(error).split('\n');
    throw invalid(name, `cannot be used: ${reason}${lineOf(error)}`);
  }
}

/** Where the file's parser stopped, if that is what failed. */
function lineOf(error: unknown): string {
  const { line } = error as { line?: unknown };
  return typeof line === 'number' ? ` in line ${line}` : '';
}

function requireAddress(address: string | undefined, settings: Record<string, string>): void {
  if (address === undefined) {
    const profile = settings.TEMPORAL_PROFILE ?? 'default';
    throw invalid(
      'TEMPORAL_ADDRESS',
      `is not set, and the profile ${JSON.stringify(profile)} has no address`,
    );
  }
  const match = /^(?:\[[0-9a-f:.]+\]|[^\s:/[\]]+)(?::(\d{1,5}))?$/i.exec(address);
  const port = Number(match?.[1] ?? 7233);
  if (!match || port < 1 || port > 65_535) {
    throw invalid('TEMPORAL_ADDRESS', `must be host:port, not ${JSON.stringify(address)}`);
  }
}

function requireCertificates(
  { tls }: NativeConnectionOptions,
  settings: Record<string, string>,
): void {
  if (typeof tls !== 'object' || tls === null) return;
  const cert = named('TEMPORAL_TLS_CLIENT_CERT', settings);
  const key = named('TEMPORAL_TLS_CLIENT_KEY', settings);
  if (cert.given && !key.given) throw invalid(cert.name, `needs ${key.name} beside it`);
  if (key.given && !cert.given) throw invalid(key.name, `needs ${cert.name} beside it`);
  if (tls.clientCertPair) {
    const { crt, key: privateKey } = tls.clientCertPair;
    requirePem(cert.name, () => new X509Certificate(crt));
    requirePem(key.name, () => createPrivateKey(Buffer.from(privateKey)));
  }
  const ca = tls.serverRootCACertificate;
  if (ca) {
    requirePem(named('TEMPORAL_TLS_SERVER_CA_CERT', settings).name, () => new X509Certificate(ca));
  }
}

/** A certificate or a key is given by path or by data. */
function named(stem: string, settings: Record<string, string>): { name: string; given: boolean } {
  const data = `${stem}_DATA`;
  const path = `${stem}_PATH`;
  if (settings[data] !== undefined) return { name: data, given: true };
  return { name: path, given: settings[path] !== undefined };
}

function requirePem(name: string, parse: () => unknown): void {
  try {
    parse();
  } catch (error) {
    throw invalid(name, `is not valid PEM: ${reasonOf(error)}`);
  }
}

function invalid(name: string, why: string): TemporalError {
  return new TemporalError('setting_invalid', `${name} ${why}.`);
}
