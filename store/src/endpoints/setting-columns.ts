import type { Columns } from '../sql';
import type { Store } from '../store';
import type { ScheduleChoice } from './endpoint';
import { sealSettings } from './sealed-values';

/** What its owner may say of an endpoint; undefined leaves what is there, or takes the default. */
export interface EndpointSettings {
  events?: string[];
  description?: string | null;
  schedule?: ScheduleChoice;
  timeoutMs?: number | null;
  maxRetries?: number | null;
  ordered?: boolean;
  /** Deliveries a second at most; null for as many as come. */
  ratePerSecond?: number | null;
  /** What its destination takes beside the URL, whole; `{}` for nothing. */
  destinationSettings?: Readonly<Record<string, unknown>>;
}

/** The columns that `settings` change. */
export function settingColumns(
  store: Store,
  endpointId: string,
  settings: EndpointSettings,
): Columns {
  return {
    events: settings.events && JSON.stringify(settings.events),
    description: settings.description,
    schedule: settings.schedule,
    timeout_ms: settings.timeoutMs,
    max_retries: settings.maxRetries,
    rate_per_second: settings.ratePerSecond,
    ordered: settings.ordered === undefined ? undefined : Number(settings.ordered),
    headers_sealed:
      settings.destinationSettings && sealedOrNone(store, endpointId, settings.destinationSettings),
    updated_at: Date.now(),
  };
}

/** Null for none: nothing is kept of what there was. */
function sealedOrNone(
  store: Store,
  endpointId: string,
  settings: Readonly<Record<string, unknown>>,
): string | null {
  if (Object.keys(settings).length === 0) return null;
  return sealSettings(store.sealer, endpointId, settings);
}
