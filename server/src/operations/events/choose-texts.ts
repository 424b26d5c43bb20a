import { type JsonText, pathText, type System } from '@careerhooks/systems';
import { Problem } from '../../problems/problem';
import type { SentEvent, SentText } from './read-texts';

/** The texts of an event's objects that are kept and sent. */
export interface ChosenTexts {
  data: JsonText;
  previousAttributes?: JsonText;
  /**
   * Where these are not in JavaScript's own form, but say the same: that form, which repeats of the event
   * are compared by, as they always were. Spelling a number otherwise makes no other event.
   */
  compared?: { data: JsonText; previousAttributes?: JsonText };
}

/**
 * What the system's receivers can be sent: the texts as their producer wrote them, or in JavaScript's
 * own form.
 *
 * @throws {Problem} `inexact_number` where that form has not the same numbers.
 */
export function chooseTexts(system: System, { data, previousAttributes }: SentEvent): ChosenTexts {
  const texts = previousAttributes === undefined ? [data] : [data, previousAttributes];
  const inexact = texts.flatMap((text) => text.inexact);
  const inForm = (form: 'verbatim' | 'javascript'): Omit<ChosenTexts, 'compared'> => ({
    data: data[form],
    ...(previousAttributes && { previousAttributes: previousAttributes[form] }),
  });
  if (system.bodyForm === 'javascript') {
    requireExact(system, inexact);
    return inForm('javascript');
  }
  const isOwnForm = texts.every(({ verbatim, javascript }) => verbatim.text === javascript.text);
  return {
    ...inForm('verbatim'),
    ...(!isOwnForm && inexact.length === 0 && { compared: inForm('javascript') }),
  };
}

function requireExact(system: System, inexact: SentText['inexact']): void {
  if (inexact.length === 0) return;
  const paths = inexact.map(pathText);
  throw new Problem(
    'inexact_number',
    `${system.name}'s receivers verify what JavaScript makes of a body, which would be another number at ${paths.join(', ')}. Send it as a string.`,
    paths.map((path) => ({ path, message: 'JavaScript cannot hold this number: send a string' })),
  );
}
