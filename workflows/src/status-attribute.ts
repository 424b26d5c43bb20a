import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { upsertSearchAttributes } from '@temporalio/workflow';
import { SEARCH_ATTRIBUTES } from './names';

const STATUS = defineSearchAttributeKey(SEARCH_ATTRIBUTES.status, 'KEYWORD');

/** Shows `status` in the Temporal UI's list, where the cluster has our search attributes. */
export function showStatus(status: string, hasSearchAttributes: boolean): void {
  if (!hasSearchAttributes) return;
  const pair: SearchAttributePair = { key: STATUS, value: status };
  upsertSearchAttributes([pair]);
}
