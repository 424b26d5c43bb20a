import { createHash } from 'node:crypto';
import type { EndpointRow } from '../endpoints/endpoint';

/** Columns that lines of older versions do not have. */
type Later =
  | 'url_key'
  | 'url_twin'
  | 'identity'
  | 'registered_by'
  | 'registered_key'
  | 'confirmed_at'
  | 'ends_at'
  | 'detached_until'
  | 'key_revoked_at';

/** An endpoint's row as it is in the database, secrets sealed. */
export interface JournaledEndpoint
  extends Omit<EndpointRow, Later>, Partial<Pick<EndpointRow, Later>> {
  singleton: number;
  deleted_at: number | null;
}

/** One generation of an endpoint's keys. */
export interface JournaledKeys {
  id: string;
  sealed: string;
  created_at: number;
  expires_at: number | null;
}

/** The state of one endpoint after a change: all that it takes to put it back. */
export interface EndpointState {
  endpoint: JournaledEndpoint;
  keys: JournaledKeys[];
}

/** The row of a key for the API: of its token no more than the hash. */
export interface JournaledApiKey {
  id: string;
  token_hash: string;
  system: string;
  user_id: string | null;
  scopes: string;
  created_at: number;
  revoked_at: number | null;
}

/** The state of one key for the API. */
export interface ApiKeyState {
  apiKey: JournaledApiKey;
}

export type JournalEntry = EndpointState & InDatabase;
export type ApiKeyEntry = ApiKeyState & InDatabase;

interface InDatabase {
  /** Which database it is of. */
  database: string;
}

/**
 * Begins the line of a key. Versions that know endpoints alone take what precedes the first blank for
 * the checksum, so that they count such a line as damaged, and leave it out.
 */
const KEY_MARK = 'key ';

/**
 * An entry as it is appended. It begins the line that it is on, so that one that was torn by a crash
 * takes nothing after it along.
 */
export function formatEntry(entry: JournalEntry | ApiKeyEntry): string {
  const json = JSON.stringify(entry);
  const mark = 'apiKey' in entry ? KEY_MARK : '';
  return `\n${mark}${checksum(mark + json)} ${json}`;
}

/** What a journal says. */
export interface JournalContent {
  /** The newest state of each endpoint, the oldest change first. */
  entries: JournalEntry[];
  /** Each key for the API, revoked where any line says so. */
  apiKeys: ApiKeyEntry[];
  /** How many lines could not be read. */
  damaged: number;
}

export function readEntries(text: string): JournalContent {
  const endpoints = new Map<string, JournalEntry>();
  const apiKeys = new Map<string, ApiKeyEntry>();
  let damaged = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const entry = parse(line);
    if (entry === undefined) damaged += 1;
    else if ('apiKey' in entry) keepRevoked(apiKeys, entry);
    else keepNewest(endpoints, entry);
  }
  const entries = [...endpoints.values()].toSorted(
    (one, other) => one.endpoint.updated_at - other.endpoint.updated_at,
  );
  return { entries, apiKeys: [...apiKeys.values()], damaged };
}

/** Of several at the same instant, the later line has the later state. */
function keepNewest(endpoints: Map<string, JournalEntry>, entry: JournalEntry): void {
  const name = `${entry.database}/${entry.endpoint.id}`;
  const known = endpoints.get(name);
  if (known === undefined || known.endpoint.updated_at <= entry.endpoint.updated_at) {
    endpoints.set(name, entry);
  }
}

/** Nothing else of a key ever changes, and no revocation is ever taken back. */
function keepRevoked(apiKeys: Map<string, ApiKeyEntry>, entry: ApiKeyEntry): void {
  const name = `${entry.database}/${entry.apiKey.id}`;
  if ((apiKeys.get(name)?.apiKey.revoked_at ?? null) === null) apiKeys.set(name, entry);
}

function parse(line: string): JournalEntry | ApiKeyEntry | undefined {
  const mark = line.startsWith(KEY_MARK) ? KEY_MARK : '';
  const [sum = '', ...rest] = line.slice(mark.length).split(' ');
  const json = rest.join(' ');
  if (checksum(mark + json) !== sum) return undefined;
  const entry = JSON.parse(json) as JournalEntry | ApiKeyEntry;
  // A later version may keep what this one does not know.
  return 'endpoint' in entry || 'apiKey' in entry ? entry : undefined;
}

/** Tells damage, not malice: whoever may write here has the master key beside it. */
function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
