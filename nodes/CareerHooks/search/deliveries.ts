import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { callApi } from '../../api/call';
import type { Page } from '../../api/list-all';
import { inOneMessage } from '../../api/whole-message';
import { pageRequest, toChoices } from './search';

interface Delivery {
  id: string;
  type: string;
  status: string;
  created_at: string;
}

/** Deliveries to choose from, the newest first. */
export const searchDeliveries = inOneMessage(async function (
  this: ILoadOptionsFunctions,
  filter?: string,
  cursor?: string,
): Promise<INodeListSearchResult> {
  const page = await callApi<Page<Delivery>>(this, pageRequest('/v1/deliveries', { cursor }));
  return toChoices(
    page,
    ({ id, type, status, created_at }) => ({
      name: `${type}, ${status}, ${created_at}`,
      value: id,
    }),
    filter,
  );
});
