import type { NewEvent } from '@careerhooks/store';
import { acceptanceOf } from '@careerhooks/systems';
import { type Caller, systemFor, userFor } from '../../access/caller';
import { Problem } from '../../problems/problem';
import { requireSystem } from '../../systems/require-system';
import { checkData } from './check-data';
import { chooseTexts, type ChosenTexts } from './choose-texts';
import type { SentEvent } from './read-texts';
import { requireFitting } from './require-fitting';

/**
 * The event that the store accepts of one that was sent: whose it is, the texts that are kept, and how its
 * system wants it treated.
 *
 * @throws {Problem} `forbidden`, `invalid_request`, `unknown_system`, `inexact_number`, `event_too_large`,
 * or, as SystemsError where the event is alone, `unknown_event_type` and `invalid_event_data`.
 */
export function toNewEvent(
  sent: SentEvent,
  caller: Caller,
  idempotencyKey: string | undefined,
): NewEvent {
  const { event, path } = sent;
  const system = requireSystem(systemFor(caller, event.system));
  const user = userFor(caller, event.user) ?? system.soleUser;
  if (user === undefined) {
    throw new Problem('invalid_request', `Say whose event it is: ${path}user is missing.`, [
      { path: `${path}user`, message: 'is missing, and the key is not bound to a user' },
    ]);
  }
  const data = checkData(system, sent);
  const { id, type } = event;
  const { compared, ...chosen } = chooseTexts(system, sent);
  requireFitting(system, { ...(id !== undefined && { id }), type, user, ...chosen }, path);
  return {
    system: system.key,
    user,
    type,
    ...plain(chosen),
    ...(compared && { compared: plain(compared) }),
    ...(id !== undefined && { id }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    ...acceptanceOf(system, type, data),
  };
}

function plain({ data, previousAttributes }: ChosenTexts): {
  data: string;
  previousAttributes?: string;
} {
  return {
    data: data.text,
    ...(previousAttributes && { previousAttributes: previousAttributes.text }),
  };
}
