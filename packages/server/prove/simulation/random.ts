/** Chance that a seed repeats. */
export interface Random {
  /** From 0 to just below 1. */
  next(): number
  /** A whole number from 0 to just below `count`. */
  below(count: number): number
  /** A whole number from one to the other, both included. */
  between(from: number, to: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
  /** The most likely one has the largest weight. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T
  bytes(count: number): Uint8Array
}

/** Mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    next,
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: (probability) => next() < probability,
    pick<T>(from: readonly T[]): T {
      const picked = from[below(from.length)]
      if (picked === undefined) throw new Error('There is nothing to pick from.')
      return picked
    },
    weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
      const all = Object.entries(weights) as [T, number][]
      let left = next() * all.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [name, weight] of all) {
        left -= weight
        if (left < 0) return name
      }
      throw new Error('There is nothing to weigh.')
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => below(256)),
  }
}
