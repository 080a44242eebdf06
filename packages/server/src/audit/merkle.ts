import { createHash } from 'node:crypto'

/** The root of a tree without leaves (RFC 6962, 2.1): SHA-256 of nothing. */
export const EMPTY_ROOT: Uint8Array = createHash('sha256').digest()

/** SHA-256 of `01 ‖ left ‖ right`. Leaves begin with `00`, so that no node passes for a leaf. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return createHash('sha256').update(Uint8Array.of(1)).update(left).update(right).digest()
}

/** The root over hashes that are there whole: of leaves, or of subtrees that are all full but the last. */
export function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  const tree = new GrowingTree()
  for (const hash of hashes) tree.add(hash)
  return tree.root()
}

/** A tree that only grows and keeps no more than its right edge: one hash for each full subtree, largest first. */
export class GrowingTree {
  readonly #edge: Uint8Array[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  add(leafHash: Uint8Array): void {
    let hash = leafHash
    // As one is carried in binary: for each bit at the end of the size there is a full subtree to join.
    for (let rest = this.#size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      hash = nodeHash(this.#edge.pop() as Uint8Array, hash)
    }
    this.#edge.push(hash)
    this.#size++
  }

  root(): Uint8Array {
    return this.#size === 0 ? EMPTY_ROOT : this.#edge.reduceRight((right, left) => nodeHash(left, right))
  }
}

/** All levels of a tree over these hashes, lowest first. A hash without another beside it goes up as it is. */
export function levelsOf(hashes: readonly Uint8Array[]): (readonly Uint8Array[])[] {
  const levels = [hashes]
  for (let level = hashes; level.length > 1; levels.push(level)) level = levelAbove(level)
  return levels
}

function levelAbove(hashes: readonly Uint8Array[]): Uint8Array[] {
  const above: Uint8Array[] = []
  let left: Uint8Array | null = null
  for (const hash of hashes) {
    if (left !== null) above.push(nodeHash(left, hash))
    left = left === null ? hash : null
  }
  return left === null ? above : [...above, left]
}

/** The way from the hash at this place to the root: what stands beside it, lowest first (RFC 6962, 2.1.1). */
export function pathIn(levels: readonly (readonly Uint8Array[])[], index: number): Uint8Array[] {
  const path: Uint8Array[] = []
  let at = index
  for (const level of levels) {
    const beside = level[at % 2 === 0 ? at + 1 : at - 1]
    if (beside !== undefined) path.push(beside)
    at = Math.floor(at / 2)
  }
  return path
}

/** The root that a leaf and its way lead to, or `null` when a tree of this size has no such way. */
export function rootFrom(
  leafHash: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Uint8Array | null {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) return null
  let hash = leafHash
  let used = 0
  for (let [at, last] = [index, size - 1]; last > 0; [at, last] = [Math.floor(at / 2), Math.floor(last / 2)]) {
    const isLeft = at % 2 === 0
    // The last one of a level may have nothing beside it, and goes up as it is.
    if (isLeft && at === last) continue
    const beside = path[used++]
    if (beside === undefined) return null
    hash = isLeft ? nodeHash(hash, beside) : nodeHash(beside, hash)
  }
  return used === path.length ? hash : null
}
