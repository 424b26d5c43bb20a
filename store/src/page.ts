/** A page of a list that is read newest first. */
export interface Page {
  /** At most this many rows. */
  limit: number;
  /** The `nextCursor` of the page before. */
  cursor?: string;
}

/** Rows and where the next page starts; `nextCursor` is null on the last page. */
export interface Listed<Row> {
  data: Row[];
  nextCursor: string | null;
}

/** Cuts one row more than the page's limit down to the page and its cursor. */
export function toPage<Row>(
  rows: Row[],
  limit: number,
  cursorOf: (row: Row) => string,
): Listed<Row> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
