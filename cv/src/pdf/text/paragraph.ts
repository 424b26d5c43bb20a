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
  const { levels, paragraphs } = bidi.getEmbeddingLevels(written, 'auto');
  const foreign = foreignBrackets(written, levels);
  const places: Place[] = [];
  let at = 0;
  for (const letter of letters) {
    const start = at;
    at += letter.text.length;
    places.push({
      ...letter,
      start,
      end: at,
      level: levels[start] ?? 0,
      foreign: foreign.has(start),
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
    rightToLeft: ((paragraphs[0]?.level ?? 0) & 1) === 1,
    lines: (width, widthOf, indent) =>
      breakLines(
        written,
        width ?? Infinity,
        (start, end) => widthBetween(start, end, widthOf),
        indent,
      ),
    runs({ start, end }) {
      const until = start + written.slice(start, end).trimEnd().length;
      return toRuns(between(start, until));
    },
  };
}

/**
 * Brackets that have no letter from right to left between them. Readers of the text layer take them with
 * what is in them, from left to right, so that they stand for what they look like there.
 */
function foreignBrackets(text: string, levels: Uint8Array): Set<number> {
  const found = new Set<number>();
  const open: { index: number; closing: string }[] = [];
  for (const [index, sign] of text.split('').entries()) {
    if (((levels[index] ?? 0) & 1) === 0) continue;
    const closing = bidi.openingToClosingBracket(sign);
    if (closing !== null) open.push({ index, closing });
    const mate = open.findLastIndex((bracket) => bracket.closing === sign);
    if (mate < 0) continue;
    const [bracket] = open.splice(mate);
    const within = text.slice(bracket?.index ?? index, index);
    if (Array.from(within).some((letter) => /^(?:R|AL)$/.test(bidi.getBidiCharTypeName(letter))))
      continue;
    found.add(index);
    if (bracket) found.add(bracket.index);
  }
  return found;
}

/** Runs from left to right (UAX 9, L2). */
function toRuns(places: readonly Place[]): Run[] {
  const runs: (Run & { level: number; script: string | undefined })[] = [];
  for (const { text, face, script, level, foreign } of places) {
    const rightToLeft = (level & 1) === 1 && !foreign;
    const plain = plainBlanks(text).replaceAll('\n', '');
    const drawn = foreign ? (bidi.getMirroredCharacter(plain) ?? plain) : plain;
    const last = runs.at(-1);
    const fits =
      last?.face === face && last.level === level && last.rightToLeft === rightToLeft && !foreign;
    if (fits && (last.script === script || last.script === undefined || script === undefined)) {
      last.text += drawn;
      last.script ??= script;
    } else runs.push({ face, script, level, rightToLeft, text: drawn });
  }
  return inOrder(runs).filter(({ text }) => text !== '');
}

function inOrder<R extends { level: number }>(runs: readonly R[]): R[] {
  const ordered = [...runs];
  const highest = Math.max(0, ...ordered.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    for (let start = 0; start < ordered.length; start += 1) {
      let end = start;
      while ((ordered[end]?.level ?? -1) >= level) end += 1;
      ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = Math.max(start, end);
    }
  }
  return ordered;
}
