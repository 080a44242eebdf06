import { levelsOf, pathIn, rootOf } from './merkle.ts'

/** Leaves in a full subtree whose root is kept; the leaves themselves are read again where one is to be proven. */
const BLOCK = 256

/** The tree over all events of a database, grown as they come. Keeps 32 bytes for every 256 of them. */
export class EventTree {
  readonly #blocks: Uint8Array[] = []
  #last: Uint8Array[] = []

  get size(): number {
    return this.#blocks.length * BLOCK + this.#last.length
  }

  add(leafHash: Uint8Array): void {
    this.#last.push(leafHash)
    if (this.#last.length < BLOCK) return
    this.#blocks.push(rootOf(this.#last))
    this.#last = []
  }

  /** The tree as it is now. */
  snapshot(): TreeSnapshot {
    return new TreeSnapshot([...this.#blocks], [...this.#last])
  }
}

/** A tree of one size, in which the place of each leaf can be proven. */
export class TreeSnapshot {
  readonly size: number
  readonly root: Uint8Array
  readonly #blocks: readonly Uint8Array[]

  constructor(blocks: readonly Uint8Array[], last: readonly Uint8Array[]) {
    this.size = blocks.length * BLOCK + last.length
    // Full blocks are subtrees of the whole, and what is left over is the last one.
    this.#blocks = last.length === 0 ? blocks : [...blocks, rootOf(last)]
    this.root = rootOf(this.#blocks)
  }

  /**
   * Gives the way of each leaf to the root. Neighbours cost one reading together.
   * @param read the hashes of leaves, from the first place up to, but without, the second
   */
  prover(read: (from: number, to: number) => Promise<Uint8Array[]>): (index: number) => Promise<Uint8Array[]> {
    const above = levelsOf(this.#blocks)
    let known: { block: number; levels: ReturnType<typeof levelsOf> } | null = null
    return async (index) => {
      const block = Math.floor(index / BLOCK)
      if (known?.block !== block) {
        const leaves = await read(block * BLOCK, Math.min((block + 1) * BLOCK, this.size))
        known = { block, levels: levelsOf(leaves) }
      }
      return [...pathIn(known.levels, index % BLOCK), ...pathIn(above, block)]
    }
  }
}
