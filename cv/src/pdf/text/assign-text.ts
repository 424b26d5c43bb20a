import { partsOf } from './am';

/**
 * Shares the characters of `text` out among its glyphs, so that the texts of the glyphs, one after the
 * other, are `text` again: a ligature gets all of its characters, and glyphs that have changed places
 * (a vowel sign before its consonant) get theirs in the order in which they are read.
 *
 * @param glyphs in the order of the text.
 * @param drawnAs the character that is drawn for one of the text, where that is another.
 */
export function assignText(
  text: string,
  glyphs: readonly Made[],
  drawnAs: (character: string) => string = (character) => character,
): string[] {
  const characters = Array.from(text);
  const ranges = rangesOf(characters.map(drawnAs), glyphs);
  const firsts = firstsOf(ranges);
  const texts = glyphs.map(() => '');
  let glyph = 0;
  let character = 0;
  while (glyph < glyphs.length) {
    let end = glyph + 1;
    let last = ranges[glyph]?.last ?? -1;
    // A cluster ends where all that follows it comes later in the text, too. A glyph of no character is what
    // is left of a letter before it that the font takes apart.
    while (
      end < glyphs.length &&
      (last < 0 || ranges[end] === undefined || (firsts[end] ?? Infinity) <= last)
    ) {
      last = Math.max(last, ranges[end]?.last ?? -1);
      end += 1;
    }
    const until = Math.min(firsts[end] ?? Infinity, characters.length);
    const cluster = Array.from({ length: end - glyph }, (_, index) => glyph + index);
    const wide = cluster.filter((index) => glyphs[index]?.wide === true);
    share(characters.slice(character, until), texts, cluster, wide);
    character = Math.max(character, until);
    glyph = end;
  }
  return texts;
}

/** A glyph as the font has made it. */
interface Made {
  /** Of the characters that it was made from. */
  codePoints: readonly number[];
  /** Whether it moves the place of writing. */
  wide: boolean;
}

interface Range {
  first: number;
  last: number;
}

/** How far from its place a glyph may go, in characters: within a syllable. */
const REACH = 16;

/** Where in the text the characters of each glyph are; those that are not found have none. */
function rangesOf(characters: readonly string[], glyphs: readonly Made[]): (Range | undefined)[] {
  // Fonts may take a character apart (ொ is two signs), each of which is found in its place. Once it is found
  // as a whole, none of its parts is (أ has an alef of its own), and the other way round.
  const units = characters.flatMap((character, index) => [
    { code: character.codePointAt(0), index, as: 'whole', taken: false },
    ...partsOf(character).map((part) => ({
      code: part.codePointAt(0),
      index,
      as: 'part',
      taken: part === character,
    })),
  ]);
  const foundAs: string[] = [];
  let from = 0;
  // The first unit within reach.
  let low = 0;
  const find = (code: number) => {
    while ((units[low]?.index ?? Infinity) <= from - REACH) low += 1;
    for (let at = low; (units[at]?.index ?? Infinity) < from + REACH; at += 1) {
      const unit = units[at];
      if (unit?.code !== code || unit.taken) continue;
      if ((foundAs[unit.index] ?? unit.as) === unit.as) return unit;
    }
    return undefined;
  };
  return glyphs.map(({ codePoints }) => {
    const found = codePoints.flatMap((code) => {
      const unit = find(code);
      if (unit === undefined) return [];
      unit.taken = true;
      foundAs[unit.index] = unit.as;
      from = Math.max(from, unit.index);
      return [unit.index];
    });
    return found.length === 0 ? undefined : { first: Math.min(...found), last: Math.max(...found) };
  });
}

/** For each range, where the first character of it and of those behind it is; Infinity without any. */
function firstsOf(ranges: readonly (Range | undefined)[]): number[] {
  const firsts = ranges.map((range) => range?.first ?? Infinity);
  for (let index = firsts.length - 2; index >= 0; index -= 1) {
    firsts[index] = Math.min(firsts[index] ?? Infinity, firsts[index + 1] ?? Infinity);
  }
  return firsts;
}

/**
 * One character each, and what is left to the last. Where there are too few, they go to those with a width:
 * without a text there would be a gap in their place.
 *
 * @param cluster the places of the glyphs in `texts`.
 * @param wide those of them that move the place of writing.
 */
function share(
  characters: readonly string[],
  texts: string[],
  cluster: readonly number[],
  wide: readonly number[],
): void {
  const holders = characters.length >= cluster.length || wide.length === 0 ? cluster : wide;
  const parts =
    wide.length > characters.length
      ? Array.from(characters.join('').normalize('NFD'))
      : [...characters];
  for (const [index, holder] of holders.entries()) {
    const some = index === holders.length - 1 ? parts.splice(0) : parts.splice(0, 1);
    texts[holder] = some.join('');
  }
}
