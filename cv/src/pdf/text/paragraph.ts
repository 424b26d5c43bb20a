import bidiFactory from 'bidi-js';
import { fit } from './fit';
import type { Face, FontSet, Style } from './font-set';
import { breakLines, type Line } from './lines';
import { plainBlanks } from './normalise';

const bidi = bidiFactory();

/** What one font draws in one direction. */
export interface Run {
  face: Face;
  text: string;
  rightToLeft: boolean;
}

interface Place {
  start: number;
  end: number;
  /** What is drawn of it. */
  text: string;
  face: Face;
  script: string | undefined;
  level: number;
  /** A bracket around letters from left to right, in text from right to left. */
  foreign: boolean;
}

/** A text in a style, ready to be measured, broken and drawn. */
export interface Paragraph {
  readonly text: string;
  /** Whether it begins at the right. */
  readonly rightToLeft: boolean;
  /** Lines that `width`, in points, is enough for; one line for each line end where there is no width. */
  lines(width: number | undefined, widthOf: (run: Run) => number, indent?: number): Line[];
  /** The runs of a line from left to right, without the blanks at its end. */
  runs(line: Line): Run[];
}

export function createParagraph(text: string, fonts: FontSet, style: Style): Paragraph {
  const letters = fit(text, fonts, style);
  const written = letters.map((letter) => letter.text).join('');
  const levels = levelsOf(written);
  const foreign = foreignBrackets(written, levels);
  const places: Place[] = [];
  let at = 0;
  for (const letter of letters) {
    const start = at;
    at += letter.text.length;
    const plain = plainBlanks(letter.text).replaceAll('\n', '');
    const isForeign = foreign.has(start);
    places.push({
      ...letter,
      text: isForeign ? (bidi.getMirroredCharacter(plain) ?? plain) : plain,
      start,
      end: at,
      level: levels[start] ?? 0,
      foreign: isForeign,
    });
  }
  // By index of the text: how many places begin before it.
  const before = new Uint32Array(written.length + 1);
  for (const [index, { start, end }] of places.entries()) {
    before[start] = index;
    before.fill(index + 1, start + 1, end + 1);
  }
  const between = (start: number, end: number): Place[] => places.slice(before[start], before[end]);
  const widthBetween = (start: number, end: number, widthOf: (run: Run) => number): number =>
    toRuns(between(start, end)).reduce((sum, run) => sum + widthOf(run), 0);

  return {
    text: written,
    rightToLeft: startsAtRight(written),
    lines: (width, widthOf, indent) =>
      width === undefined
        ? breakLines(written, Infinity, () => 0)
        : breakLines(written, width, (start, end) => widthBetween(start, end, widthOf), indent),
    runs({ start, end }) {
      const until = start + written.slice(start, end).trimEnd().length;
      return toRuns(between(start, until));
    },
  };
}

/** What does not go from left to right, and what turns the direction. */
const TURNS = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]/;

/** The embedding level of each UTF-16 unit (UAX 9), line by line, since each is a paragraph. */
function levelsOf(text: string): Uint8Array {
  const levels = new Uint8Array(text.length);
  let start = 0;
  for (const line of text.split(/(?<=\n)/)) {
    if (TURNS.test(line)) levels.set(bidi.getEmbeddingLevels(line, 'auto').levels, start);
    start += line.length;
  }
  return levels;
}

/** Whether the first line does. */
function startsAtRight(text: string): boolean {
  const [line = ''] = text.split('\n', 1);
  const { paragraphs } = bidi.getEmbeddingLevels(line, 'auto');
  return ((paragraphs[0]?.level ?? 0) & 1) === 1;
}

/**
 * Brackets that have no letter from right to left between them. Readers of the text layer take them with
 * what is in them, from left to right, so that they stand for what they look like there.
 */
function foreignBrackets(text: string, levels: Uint8Array): Set<number> {
  const found = new Set<number>();
  if (!levels.some((level) => (level & 1) === 1)) return found;
  const open = createOpenBrackets();
  let at = 0;
  // Where the last letter from right to left is.
  let turned = -1;
  for (const character of text) {
    const index = at;
    at += character.length;
    if (/^(?:R|AL)$/.test(bidi.getBidiCharTypeName(character))) turned = index;
    if (((levels[index] ?? 0) & 1) === 0) continue;
    const closing = bidi.openingToClosingBracket(character);
    if (closing !== null) open.add(index, closing);
    const mate = open.close(character);
    if (mate === undefined || turned > mate) continue;
    found.add(index);
    found.add(mate);
  }
  return found;
}

/** Brackets that wait for theirs. */
function createOpenBrackets() {
  const open: { index: number; closing: string }[] = [];
  const waiting = new Map<string, number>();
  return {
    add(index: number, closing: string): void {
      open.push({ index, closing });
      waiting.set(closing, (waiting.get(closing) ?? 0) + 1);
    },
    /** @returns the index of the last one that `sign` closes; those behind it stay open for good. */
    close(sign: string): number | undefined {
      while ((waiting.get(sign) ?? 0) > 0) {
        const last = open.pop();
        if (last === undefined) break;
        waiting.set(last.closing, (waiting.get(last.closing) ?? 1) - 1);
        if (last.closing === sign) return last.index;
      }
      return undefined;
    },
  };
}

/** UTF-16 units: longer runs are several. */
const LONGEST_RUN = 1_000;

/** Runs from left to right (UAX 9, L2). */
function toRuns(places: readonly Place[]): Run[] {
  const runs: (Run & { level: number; script: string | undefined })[] = [];
  for (const { text, face, script, level, foreign } of places) {
    const rightToLeft = (level & 1) === 1 && !foreign;
    const last = runs.at(-1);
    const fits =
      last?.face === face &&
      last.level === level &&
      last.rightToLeft === rightToLeft &&
      !foreign &&
      last.text.length + text.length <= LONGEST_RUN;
    if (fits && (last.script === script || last.script === undefined || script === undefined)) {
      last.text += text;
      last.script ??= script;
    } else runs.push({ face, script, level, rightToLeft, text });
  }
  return inOrder(runs).filter(({ text }) => text !== '');
}

function inOrder<R extends { level: number }>(runs: readonly R[]): R[] {
  const ordered = [...runs];
  const highest = ordered.reduce((most, { level }) => Math.max(most, level), 0);
  for (let level = highest; level > 0; level -= 1) {
    for (let start = 0; start < ordered.length; start += 1) {
      let end = start;
      while ((ordered[end]?.level ?? -1) >= level) end += 1;
      reverse(ordered, start, end);
      start = Math.max(start, end);
    }
  }
  return ordered;
}

/** Turns a part of a list round. */
function reverse(list: unknown[], start: number, end: number): void {
  for (const [index, member] of list.slice(start, end).reverse().entries()) {
    list[start + index] = member;
  }
}
