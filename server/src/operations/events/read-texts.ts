import {
  findTexts,
  type FoundText,
  isEncoded,
  type JsonParts,
  JsonText,
  pathText,
} from '@careerhooks/systems';
import type { z } from 'zod';
import type { SentJson } from '../../read-json';
import type { newEvent, publication } from '../../schemas/event';

type Event = z.output<typeof newEvent>;

/** An object as it was sent. */
export interface SentText {
  /** Its tokens as they were sent. */
  verbatim: JsonText;
  /** In JavaScript's own form: what `JSON.stringify` makes of what `JSON.parse` made of it. */
  javascript: JsonText;
  /** Where in the body it has numbers that JavaScript cannot hold. */
  inexact: FoundText['inexact'];
}

/** A published event, with the texts of its objects. */
export interface SentEvent {
  event: Event;
  /** What goes before its fields' names to say where in the body they are: `events[3].`, or nothing. */
  path: string;
  data: SentText;
  previousAttributes?: SentText;
}

/**
 * The events of a publication, in their order, with their texts: each object is written here, and nowhere
 * later. Most bodies are what `JSON.stringify` makes of them, which proves that nothing was lost in reading
 * them; only others are scanned.
 *
 * @param sent what has passed the schema of a publication.
 * @throws {SystemsError} `duplicate_key`.
 */
export function readTexts(sent: SentJson): SentEvent[] {
  const body = sent.value as z.output<typeof publication>;
  const isBatch = 'events' in body;
  const own = (isBatch ? body.events : [body]).map((event) => ({ event, ...ownTexts(event) }));
  // What comes of JSON has no undefined members.
  const [first = null, ...others] = own.map(
    ({ event, ...texts }) => ({ ...event, ...texts }) as JsonParts,
  );
  const again = isBatch ? { events: [first, ...others] } : first;
  const found = isEncoded(sent.text, again) ? undefined : foundTexts(sent.text);
  return own.map(({ event, data, previous_attributes: previous }, index) => {
    const path = isBatch ? `events[${index}].` : '';
    return {
      event,
      path,
      data: asSent(data, found, `${path}data`),
      ...(previous && {
        previousAttributes: asSent(previous, found, `${path}previous_attributes`),
      }),
    };
  });
}

function ownTexts({ data, previous_attributes: previous }: Event): {
  data: JsonText;
  previous_attributes?: JsonText;
} {
  // Read from JSON, so that JSON it is.
  return {
    data: JsonText.of(data),
    ...(previous && { previous_attributes: JsonText.of(previous) }),
  };
}

/** By where they are in the body. */
function foundTexts(text: string): Map<string, FoundText> {
  const found = findTexts(text, (key) => key === 'data' || key === 'previous_attributes');
  return new Map(found.map((value) => [pathText(value.path), value]));
}

function asSent(
  javascript: JsonText,
  found: ReadonlyMap<string, FoundText> | undefined,
  path: string,
): SentText {
  if (found === undefined) return { verbatim: javascript, javascript, inexact: [] };
  const value = found.get(path);
  if (value === undefined) throw new Error(`There is no text at ${path}.`);
  return { verbatim: new JsonText(value.text), javascript, inexact: value.inexact };
}
