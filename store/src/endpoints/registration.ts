import type { Columns } from '../sql';
import type { Registrant } from './endpoint';
import type { EndpointKeys } from './sealed-values';
import type { EndpointSettings } from './setting-columns';

/** An endpoint as its owner registers it. */
export interface EndpointRegistration extends EndpointSettings {
  system: string;
  user: string | null;
  url: string;
  events: string[];
  /** Text that the URL has to echo before it gets anything; undefined for no challenge. */
  challenge?: string;
  /** False: it is registered, and gets nothing until it is enabled. */
  enabled?: boolean;
  /** It is the owner's one configuration: registering another URL moves it there. */
  singleton?: boolean;
  /** What the owner calls this registration: registering it again goes on with it, at any URL. */
  identity?: string;
  /** The one user whose endpoints whoever registers may see; undefined for all of the system's. */
  visibleUser?: string | undefined;
  registeredBy?: Registrant;
  /** Id of the API key that it is registered with. */
  registeredKey?: string;
  /** Whether what it has for the destination of this URL means nothing at `url`: then it is dropped. */
  dropsSettingsOf?(url: string): boolean;
  /** How long it lives, in milliseconds; undefined for good. */
  lifetimeMs?: number;
  /**
   * Chooses the keys: given those in use (undefined for a new endpoint), returns
   * the same object to keep them, or others that replace them at once.
   */
  chooseKeys(current: EndpointKeys | undefined): EndpointKeys;
}

/** The columns of who registers an endpoint, as what, and for how long. */
export function registrationColumns(wanted: EndpointRegistration): Columns {
  const now = Date.now();
  return {
    identity: wanted.identity,
    // Whoever does not say who they are is not who registered it before.
    registered_by: wanted.registeredBy === undefined ? null : JSON.stringify(wanted.registeredBy),
    registered_key: wanted.registeredKey ?? null,
    confirmed_at: now,
    ends_at: wanted.lifetimeMs === undefined ? null : now + wanted.lifetimeMs,
    detached_until: null,
  };
}
