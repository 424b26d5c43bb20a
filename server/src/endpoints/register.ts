import { destinationOf } from '@careerhooks/destinations';
import {
  type EndpointRegistration,
  getEndpoint,
  type SavedEndpoint,
  saveEndpoint,
} from '@careerhooks/store';
import { generateChallenge } from '@careerhooks/systems';
import type { ServerContext } from '../context';
import { requirePossibleUser } from '../systems/require-possible-user';
import { requireSystem } from '../systems/require-system';
import { checkSettings } from './check-settings';
import { chooseKeys } from './choose-keys';

/** An endpoint as whoever registers it wants it. */
export interface WantedEndpoint extends Omit<
  EndpointRegistration,
  'challenge' | 'chooseKeys' | 'dropsSettingsOf'
> {
  /** The owner's own secret; one is made where none is brought, and the one in use is kept. */
  secret?: string;
  /** Whether it is signed with Ed25519 as well. */
  ed25519?: boolean;
  /** Whether its URL has to echo a challenge, also where the system's document asks for none. */
  verify?: boolean;
}

/**
 * Registers an endpoint, or updates the one that the owner has already (`saveEndpoint` says which), and
 * challenges its URL where it is pending. Gives it as it is then, with the keys that it signs with.
 *
 * Throws Problem `unknown_system`, `invalid_request`, `unknown_event_type`, StoreError `url_taken`, and
 * EgressError for what its destination refuses.
 */
export async function registerEndpoint(
  context: ServerContext,
  wanted: WantedEndpoint,
): Promise<SavedEndpoint> {
  const { store, engine } = context;
  const { secret, ed25519, verify, ...registration } = wanted;
  const system = requireSystem(wanted.system);
  requirePossibleUser(system, wanted.user);
  const destination = destinationOf(wanted.url);
  const challenged = verify === true || system.challengesByDefault;
  const saved = await saveEndpoint(store, {
    ...registration,
    ...checkSettings(context, system, registration),
    events: wanted.events,
    dropsSettingsOf: (url) => destinationOf(url) !== destination,
    ...(challenged && destination.challenges !== undefined && { challenge: generateChallenge() }),
    chooseKeys: (current) => chooseKeys(system, { secret, ed25519 }, current),
  });
  const { id, status } = saved.endpoint;
  if (status === 'pending') await engine.challenge(id);
  engine.wake();
  const endpoint = await getEndpoint(store, id);
  return { ...saved, endpoint: endpoint ?? saved.endpoint };
}
