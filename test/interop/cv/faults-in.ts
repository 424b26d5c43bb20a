/** A piece of text that has to be found. */
export interface Piece {
  what: string;
  /** Of a regular expression. */
  pattern: string;
  /** Whether a line break or a sign must stand between it and what is before it. */
  apart?: boolean;
}

/** A part of the CV: its heading on a line of its own, and what follows below in this order. */
export interface Section {
  heading?: RegExp;
  /** One after the other; the pieces of a step in any order. */
  steps: readonly (readonly Piece[])[];
}

/** A line at the foot of a page, which extractors take for text: `Ana Example · 1 / 3`. */
const FOOTER = /^.*\S · \d+ \/ \d+ *\r?$/gm;

/** What a reader of this text does not find, or finds wrong; empty where all is well. */
export function faultsIn(text: string, sections: readonly Section[]): string[] {
  const read = text.replace(FOOTER, '').replace(/\f/g, '\n');
  return sections.flatMap((section) => faultsInSection(read, section));
}

function faultsInSection(text: string, { heading, steps }: Section): string[] {
  let from = 0;
  const faults: string[] = [];
  if (heading !== undefined) {
    const line = new RegExp(`^[^\\S\\n]*(?:${heading.source})[^\\S\\n]*$`, 'imu').exec(text);
    if (line === null) faults.push(`no heading ${heading.source}`);
    else from = line.index + line[0].length;
  }
  for (const step of steps) {
    const ends = step.map((piece) => {
      const found = look(text, piece, from);
      if (typeof found === 'number') return found;
      faults.push(found.fault);
      return from;
    });
    from = Math.max(from, ...ends);
  }
  return faults;
}

/** Where the piece ends, or what is wrong with it. */
function look(text: string, piece: Piece, from: number): number | { fault: string } {
  const { what, pattern, apart = false } = piece;
  const whole = `(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`;
  const found = matchFrom(text, whole, from);
  if (found !== null) {
    const blank = text.slice(from, found.index);
    if (apart && /^[^\S\n]*$/.test(blank)) return { fault: `not apart: …${around(text, found)}…` };
    return found.index + found[0].length;
  }
  if (matchFrom(text, whole, 0) !== null) return { fault: `out of order: ${what}` };
  const glued = matchFrom(text, pattern, from) ?? matchFrom(text, pattern, 0);
  if (glued !== null) return { fault: `glued: …${around(text, glued)}…` };
  return { fault: `not found: ${what}` };
}

function matchFrom(text: string, pattern: string, from: number): RegExpExecArray | null {
  const expression = new RegExp(pattern, 'gu');
  expression.lastIndex = from;
  return expression.exec(text);
}

function around(text: string, { index, 0: match }: RegExpExecArray): string {
  const excerpt = text.slice(Math.max(0, index - 12), index + match.length + 12);
  return excerpt.replace(/\s+/g, ' ');
}
