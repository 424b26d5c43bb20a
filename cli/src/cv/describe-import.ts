/** What the API answers to an import. */
export interface ImportAnswer {
  version: number;
  changes: {
    section: string;
    added: string[];
    changed: string[];
    removed: string[];
    reordered: boolean;
  }[];
  kept: string[];
  ignored: { path: string; reason: string }[];
  ignored_total: number;
}

/** The lines that say what an import changes: `+` is new, `~` changes, `-` goes. */
export function describeImport({ changes, kept, ignored, ignored_total }: ImportAnswer): string[] {
  const lines = changes.flatMap(({ section, added, changed, removed, reordered }) => [
    section,
    ...marked('+', added),
    ...marked('~', changed),
    ...marked('-', removed),
    ...(reordered ? ['  in another order'] : []),
  ]);
  if (lines.length === 0) lines.push('Nothing to change.');
  if (kept.length > 0)
    lines.push(`Not in the file, or not understood, so they stay: ${kept.join(', ')}.`);
  if (ignored.length > 0) lines.push('Not taken:');
  lines.push(...ignored.map(({ path, reason }) => `  ${path} ${reason}`));
  if (ignored_total > ignored.length) lines.push(`  and ${ignored_total - ignored.length} more`);
  return lines.map(plain);
}

function marked(mark: string, names: readonly string[]): string[] {
  return names.map((name) => `  ${mark} ${name}`);
}

/** A file's names are anybody's: none may move the cursor. */
function plain(line: string): string {
  return line.replace(/\p{Cc}/gu, '?');
}
