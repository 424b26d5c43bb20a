import { createScanner } from 'jsonc-parser';

/** A member of an object, by where it is in the object's text. */
export interface Member {
  key: string;
  /** Where its key begins. */
  from: number;
  /** Where its value ends. */
  end: number;
  /** What it is where that is a text; undefined for anything else. */
  text: string | undefined;
}

/**
 * A compact object's own members in their order. What is within their values is passed over, and not
 * parsed.
 */
export function membersOf(json: string): Member[] {
  const scanner = createScanner(json);
  const members: Member[] = [];
  let depth = 0;
  let member: Member | undefined;
  for (scanner.scan(); scanner.getTokenOffset() < json.length; scanner.scan()) {
    const from = scanner.getTokenOffset();
    const first = json[from];
    if (first === '}' || first === ']') depth -= 1;
    if (member !== undefined && (depth === 0 || (depth === 1 && first === ','))) {
      members.push({ ...member, end: from });
      member = undefined;
    } else if (depth === 1 && first === '"') {
      if (member === undefined)
        member = { key: scanner.getTokenValue(), from, end: 0, text: undefined };
      else member.text = scanner.getTokenValue();
    }
    if (first === '{' || first === '[') depth += 1;
  }
  return members;
}
