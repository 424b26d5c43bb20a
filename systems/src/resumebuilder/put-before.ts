import { JsonText } from '../json/json-text';
import type { Member } from '../json/members-of';

/**
 * `{ ...fields, ...payload }` as text, with the payload's tokens as they stand: its field of the same
 * name takes the place of ours, and keys that look like integers, which JavaScript's objects put
 * first, stay first where they are.
 *
 * @param members the payload's, which the caller has at hand.
 */
export function putBefore(
  fields: Record<string, string>,
  { text: payload }: JsonText,
  members: readonly Member[],
): JsonText {
  const [first] = members;
  if (first === undefined) return JsonText.of(fields);
  const theirs = members.some(({ key }) => Object.hasOwn(fields, key));
  if (!theirs && !isIndex(first.key)) {
    return new JsonText(`${JSON.stringify(fields).slice(0, -1)},${payload.slice(1)}`);
  }

  const textOf = ({ from, end }: Member): string => payload.slice(from, end);
  const notFirst = members.findIndex(({ key }) => !isIndex(key));
  const leading = notFirst === -1 ? members : members.slice(0, notFirst);
  const others = members.slice(leading.length).filter(({ key }) => !Object.hasOwn(fields, key));
  const own = Object.entries(fields).map(([name, value]) => {
    const member = members.find(({ key }) => key === name);
    return member ? textOf(member) : `${JSON.stringify(name)}:${JSON.stringify(value)}`;
  });
  return new JsonText(`{${[...leading.map(textOf), ...own, ...others.map(textOf)].join(',')}}`);
}

const MAX_INDEX = 2 ** 32 - 2;

/** Whether it is an array index to JavaScript, which orders a key that is one before all that are not. */
function isIndex(key: string): boolean {
  return /^(0|[1-9]\d{0,9})$/.test(key) && Number(key) <= MAX_INDEX;
}
