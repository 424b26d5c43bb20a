import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { callApi } from '../../api/call';
import type { Page } from '../../api/list-all';
import { inOneMessage } from '../../api/whole-message';
import { pageRequest, toChoices } from './search';

interface Event {
  id: string;
  type: string;
  user: string;
  created_at: string;
}

/** Events to choose from, the newest first. */
export const searchEvents = inOneMessage(async function (
  this: ILoadOptionsFunctions,
  filter?: string,
  cursor?: string,
): Promise<INodeListSearchResult> {
  const page = await callApi<Page<Event>>(this, pageRequest('/v1/events', { cursor }));
  return toChoices(
    page,
    ({ id, type, user, created_at }) => ({
      name: `${type} of ${user}, ${created_at}`,
      value: id,
    }),
    filter,
  );
});
