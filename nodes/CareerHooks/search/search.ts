import type { INodeListSearchResult } from 'n8n-workflow';
import type { Request } from '../../api/call';
import type { Page } from '../../api/list-all';

/** A row of a list as a person chooses it. */
interface Choice {
  name: string;
  value: string;
}

/** Asks for one page of a list; n8n asks for the next one as the person scrolls down. */
export function pageRequest(
  path: string,
  query: { cursor: string | undefined; search?: string | undefined },
): Request {
  return { method: 'GET', path, query: { limit: 100, ...query } };
}

/**
 * A page of a list for a resource locator.
 *
 * @param filter what the person types, for lists in which CareerHooks does not search by text: it
 *   narrows down each page.
 */
export function toChoices<Row>(
  page: Page<Row>,
  choose: (row: Row) => Choice,
  filter = '',
): INodeListSearchResult {
  const text = filter.toLowerCase();
  return {
    results: page.data
      .map(choose)
      .filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(text)),
    ...(page.next_cursor !== null && { paginationToken: page.next_cursor }),
  };
}
