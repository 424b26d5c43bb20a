import type { IDataObject } from 'n8n-workflow';
import { callApi, type Context, type Request } from './call';

/** The most rows that CareerHooks gives in a page. */
const PAGE = 200;

export interface Page<Row> {
  data: Row[];
  next_cursor: string | null;
}

/** The rows of a list, page by page, until there are `limit` of them or no more. */
export async function listAll<Row = IDataObject>(
  context: Context,
  request: Omit<Request, 'method'>,
  limit = Infinity,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = '';
  while (cursor !== null && rows.length < limit) {
    const query: IDataObject = {
      ...request.query,
      limit: Math.min(PAGE, limit - rows.length),
      cursor,
    };
    const page: Page<Row> = await callApi(context, { ...request, method: 'GET', query });
    rows.push(...page.data);
    cursor = page.next_cursor;
  }
  return rows;
}
