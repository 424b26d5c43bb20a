import { findTexts } from '../json/find-texts';
import { JsonText } from '../json/json-text';
import type { JsonObject } from '../system';

/**
 * `{ ...fields, ...payload }` as text, with the payload's tokens as they stand: its field of the same
 * name takes the place of ours, and keys that look like integers, which JavaScript's objects put
 * first, stay first where they are.
 *
 * @param parsed what the payload says, which the caller has at hand.
 */
export function putBefore(
  fields: Record<string, string>,
  payload: JsonText,
  parsed: JsonObject,
): JsonText {
  const [first] = Object.keys(parsed);
  if (first === undefined) return JsonText.of(fields);
  const theirs = Object.keys(fields).some((name) => Object.hasOwn(parsed, name));
  if (!theirs && !isIndex(first)) {
    return new JsonText(`${JSON.stringify(fields).slice(0, -1)},${payload.text.slice(1)}`);
  }

  const members = membersOf(payload.text);
  const notFirst = members.findIndex(({ key }) => !isIndex(key));
  const leading = notFirst === -1 ? members : members.slice(0, notFirst);
  const others = members.slice(leading.length).filter(({ key }) => !Object.hasOwn(fields, key));
  const own = Object.entries(fields).map(
    ([name, value]) =>
      members.find(({ key }) => key === name)?.text ??
      `${JSON.stringify(name)}:${JSON.stringify(value)}`,
  );
  return new JsonText(
    `{${[...leading.map(({ text }) => text), ...own, ...others.map(({ text }) => text)].join(',')}}`,
  );
}

/** The members of a compact object: keys, and texts with key and value. */
function membersOf(json: string): { key: string; text: string }[] {
  let from = '{'.length;
  return findTexts(json, (_, depth) => depth === 1).map(({ path, end }) => {
    const text = json.slice(from, end);
    from = end + ','.length;
    return { key: String(path[0]), text };
  });
}

const MAX_INDEX = 2 ** 32 - 2;

/** Whether it is an array index to JavaScript, which orders a key that is one before all that are not. */
function isIndex(key: string): boolean {
  return /^(0|[1-9]\d{0,9})$/.test(key) && Number(key) <= MAX_INDEX;
}
