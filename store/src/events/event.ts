/** The type of the event that tells of a critical event's lost delivery; an endpoint gets it only by name. */
export const DELIVERY_FAILED = 'delivery.failed';

/** An accepted event. */
export interface StoredEvent {
  /** Our own key of the row; `id` is what producers and receivers see. */
  key: string;
  id: string;
  system: string;
  user: string;
  type: string;
  /** JSON text of an object, as it is sent. */
  data: string;
  /** JSON text of an object. */
  previousAttributes: string | null;
  isTest: boolean;
  createdAt: number;
}

export interface EventRow {
  key: string;
  id: string;
  system: string;
  user_id: string;
  type: string;
  data: string;
  previous_attributes: string | null;
  is_test: number;
  created_at: number;
}

export function toEvent(row: EventRow): StoredEvent {
  return {
    key: row.key,
    id: row.id,
    system: row.system,
    user: row.user_id,
    type: row.type,
    data: row.data,
    previousAttributes: row.previous_attributes,
    isTest: row.is_test === 1,
    createdAt: row.created_at,
  };
}
