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
  readonly #edge: { height: number; hash: Uint8Array }[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  add(leafHash: Uint8Array): void {
    let added = { height: 0, hash: leafHash }
    for (let last = this.#edge.at(-1); last?.height === added.height; last = this.#edge.at(-1)) {
      this.#edge.pop()
      added = { height: added.height + 1, hash: nodeHash(last.hash, added.hash) }
    }
    this.#edge.push(added)
    this.#size += 1
  }

  root(): Uint8Array {
    let root: Uint8Array | null = null
    for (const { hash } of this.#edge.toReversed()) root = root === null ? hash : nodeHash(hash, root)
    return root ?? EMPTY_ROOT
  }
}

/** All levels of a tree over these hashes, lowest first. A hash without another beside it goes up as it is. */
export function levelsOf(hashes: readonly Uint8Array[]): (readonly Uint8Array[])[] {
  const levels = [hashes]
  for (let below = hashes; below.length > 1; ) {
    const above: Uint8Array[] = []
    for (let n = 0; n < below.length; n += 2) {
      const [left, right] = [below[n], below[n + 1]]
      if (left !== undefined) above.push(right === undefined ? left : nodeHash(left, right))
    }
    levels.push(above)
    below = above
  }
  return levels
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
  let [node, last] = [index, size - 1]
  let hash = leafHash
  for (const beside of path) {
    if (last === 0) return null
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(beside, hash)
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)]
    } else {
      hash = nodeHash(hash, beside)
    }
    ;[node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  }
  return last === 0 ? hash : null
}
