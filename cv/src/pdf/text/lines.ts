import LineBreaker from 'linebreak';
import { clusters } from './font-set';

/** From and until where a line goes, in UTF-16 units; the blanks at its end are in it. */
export interface Line {
  start: number;
  end: number;
}

/** UTF-16 units: no line has room for so many, and a part without a place to end a line need not be measured. */
const LONGEST = 1_000;

/**
 * Where the lines of `text` end (UAX 14), none wider than `width` but for a single letter.
 *
 * @param measure the width of a part of the text.
 * @param indent what the first line has less of the width.
 */
export function breakLines(
  text: string,
  width: number,
  measure: (start: number, end: number) => number,
  indent = 0,
): Line[] {
  const lines: Line[] = [];
  let start = 0;
  // The width of what is on the line.
  let advance = indent;
  const endLine = (at: number): void => {
    lines.push({ start, end: at });
    start = at;
    advance = 0;
  };
  const add = (from: number, until: number): void => {
    const part = text.slice(from, until);
    const wide = part.length > LONGEST ? Infinity : measure(from, from + part.trimEnd().length);
    if ((from > start || advance > 0) && advance + wide > width) endLine(from);
    const letters = wide > width ? clusters(part) : [];
    if (letters.length > 1) {
      let at = from;
      for (const letter of letters) add(at, (at += letter.length));
      return;
    }
    advance += wide + measure(from + part.trimEnd().length, until);
  };
  for (const { from, until, required } of opportunities(text)) {
    add(from, until);
    if (required && until < text.length) endLine(until);
  }
  if (start < text.length) endLine(text.length);
  return lines;
}

interface Opportunity {
  from: number;
  until: number;
  /** Whether the line has to end after it. */
  required: boolean;
}

function* opportunities(text: string): Generator<Opportunity> {
  const breaker = new LineBreaker(text);
  let from = 0;
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    if (!next.required && isBehindHyphen(text, next.position)) continue;
    for (const until of wordEnds(text, from, next.position)) {
      yield { from, until, required: next.required && until === next.position };
      from = until;
    }
  }
}

/** A line's end there looks like the end of half a word: programs that extract text join the two without it. */
function isBehindHyphen(text: string, position: number): boolean {
  return (
    // A letter may be two units.
    /[\p{L}\p{N}][-\u2010]$/u.test(text.slice(Math.max(0, position - 3), position)) &&
    /^[\p{L}\p{N}]/u.test(text.slice(position, position + 2))
  );
}

/** Scripts that are written without blanks between words: Unicode leaves their lines to dictionaries. */
const WITHOUT_BLANKS = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const words = new Intl.Segmenter('th', { granularity: 'word' });

function wordEnds(text: string, from: number, until: number): number[] {
  if (!WITHOUT_BLANKS.test(text.slice(from, until))) return [until];
  const starts: number[] = [];
  let at = from;
  while (at < until) {
    const end = Math.min(at + LONGEST, until);
    const found = wordStarts(text.slice(at, end), at);
    starts.push(...found);
    // The last word may go on.
    const last = found.at(-1) ?? at;
    at = end < until && last > at ? last : end;
    if (at === last) starts.pop();
  }
  return [...starts.slice(1), until];
}

function wordStarts(part: string, at: number): number[] {
  return Array.from(words.segment(part))
    .filter(({ isWordLike }) => isWordLike === true)
    .map(({ index }) => at + index);
}
