/** Random numbers that come again with the same seed: a linear congruence modulo 2^32 (ANSI C's sisters). */
export interface Random {
  /** A whole number, `from` to below `to`. */
  between(from: number, to: number): number;
  oneOf<Item>(items: readonly Item[]): Item;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const between = (from: number, to: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return from + Math.floor((state / 2 ** 32) * (to - from));
  };
  return {
    between,
    oneOf: (items) => items[between(0, items.length)] as (typeof items)[number],
  };
}
