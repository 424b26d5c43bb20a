import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { callApi } from '../../api/call';
import type { Page } from '../../api/list-all';
import { inOneMessage } from '../../api/whole-message';
import { pageRequest, toChoices } from './search';

interface Endpoint {
  id: string;
  url: string;
  description: string | null;
  status: string;
}

/** Endpoints to choose from, by what their owners call them. */
export const searchEndpoints = inOneMessage(async function (
  this: ILoadOptionsFunctions,
  search?: string,
  cursor?: string,
): Promise<INodeListSearchResult> {
  const page = await callApi<Page<Endpoint>>(
    this,
    pageRequest('/v1/endpoints', { cursor, search }),
  );
  return toChoices(page, ({ id, url, description, status }) => ({
    name: `${description ?? url} (${status})${description === null ? '' : `: ${url}`}`,
    value: id,
  }));
});
