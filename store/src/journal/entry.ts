import { createHash } from 'node:crypto';
import type { EndpointRow } from '../endpoints/endpoint';

/** An endpoint's row as it is in the database, secrets sealed. */
export interface JournaledEndpoint extends Omit<EndpointRow, 'url_key' | 'url_twin'> {
  /** Not in lines of older versions, as little as other columns that came later. */
  url_key?: string | null;
  url_twin?: number;
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
export interface JournalEntry {
  /** Which database it is of. */
  database: string;
  endpoint: JournaledEndpoint;
  keys: JournaledKeys[];
}

/**
 * An entry as it is appended. It begins the line that it is on, so that one that was torn by a crash
 * takes nothing after it along.
 */
export function formatEntry(entry: JournalEntry): string {
  const json = JSON.stringify(entry);
  return `\n${checksum(json)} ${json}`;
}

/** The newest state of each endpoint, the oldest change first; and how many lines were damaged. */
export function readEntries(text: string): { entries: JournalEntry[]; damaged: number } {
  const newest = new Map<string, JournalEntry>();
  let damaged = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const entry = parse(line);
    if (entry === undefined) {
      damaged += 1;
      continue;
    }
    const key = `${entry.database}/${entry.endpoint.id}`;
    const known = newest.get(key);
    // Of several at the same instant, the later line has the later state.
    if (known === undefined || known.endpoint.updated_at <= entry.endpoint.updated_at) {
      newest.set(key, entry);
    }
  }
  const entries = [...newest.values()].toSorted(
    (one, other) => one.endpoint.updated_at - other.endpoint.updated_at,
  );
  return { entries, damaged };
}

function parse(line: string): JournalEntry | undefined {
  const [sum = '', ...rest] = line.split(' ');
  const json = rest.join(' ');
  return checksum(json) === sum ? (JSON.parse(json) as JournalEntry) : undefined;
}

/** Tells damage, not malice: whoever may write here has the master key beside it. */
function checksum(json: string): string {
  return createHash('sha256').update(json).digest('hex').slice(0, 16);
}
