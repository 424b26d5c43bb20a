import { type CvChangeRecord, getCvChange, type Store } from '@careerhooks/store';
import { WebhookError } from './webhook-error';

/** The change with this id; throws WebhookError `NOT_FOUND`. */
export async function requireChange(store: Store, id: string): Promise<CvChangeRecord> {
  const change = await getCvChange(store, id);
  if (change === undefined) throw new WebhookError('NOT_FOUND');
  return change;
}
