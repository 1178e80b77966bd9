/** Random numbers from a seed (mulberry32), so that a failed run can be repeated. */
export interface Random {
  /** From 0 (inclusive) to 1 (exclusive). */
  (): number
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A random number within the range. */
export const between = (random: Random, [least, most]: readonly [number, number]): number =>
  least + random() * (most - least)
