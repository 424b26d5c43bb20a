import { TEMPORAL_CLI } from './pins';

type Version = [major: number, minor: number, patch: number];

/** Reads `temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)`; undefined for any other text. */
export function parseCliVersion(output: string): string | undefined {
  return /^temporal version v?(\d+\.\d+\.\d+\S*)/m.exec(output)?.[1];
}

/**
 * Whether a CLI can carry the embedded server: the pinned version or a later one of the same major.
 * An older one has an older server; a pre-release of a fitting version counts as older.
 */
export function isFittingCliVersion(version: string): boolean {
  const found = parseVersion(version);
  const pinned = parseVersion(TEMPORAL_CLI.version);
  if (!found || !pinned) return false;
  if (found[0] !== pinned[0]) return false;
  if (found[1] !== pinned[1]) return found[1] > pinned[1];
  return found[2] >= pinned[2];
}

function parseVersion(text: string): Version | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(text);
  if (!match) return undefined;
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}
