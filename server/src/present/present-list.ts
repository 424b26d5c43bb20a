import type { Listed } from '@careerhooks/store';

/** `{data, next_cursor}`, as every list answers. */
export function presentList<Row, Out>(
  listed: Listed<Row>,
  present: (row: Row) => Out,
): { data: Out[]; next_cursor: string | null } {
  return { data: listed.data.map(present), next_cursor: listed.nextCursor };
}
