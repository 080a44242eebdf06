import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { EventTree } from './event-tree.ts'
import { rootFrom, rootOf } from './merkle.ts'

const leaves = Array.from({ length: 1100 }, (_, n) => createHash('sha256').update(String(n)).digest())

test.each([0, 1, 2, 255, 256, 257, 511, 512, 513, 768, 1000, 1100])(
  'a tree of %i leaves that keeps blocks only has the same root, and a way for each leaf',
  async (size) => {
    const tree = new EventTree()
    for (const leaf of leaves.slice(0, size)) tree.add(leaf)
    const snapshot = tree.snapshot()
    for (const leaf of leaves.slice(size)) tree.add(leaf)
    expect([snapshot.size, tree.size]).toEqual([size, leaves.length])
    expect(Buffer.from(snapshot.root)).toEqual(Buffer.from(rootOf(leaves.slice(0, size))))
    let readings = 0
    const path = snapshot.prover(async (from, to) => {
      readings += 1
      return leaves.slice(from, to)
    })
    for (let index = 0; index < size; index++) {
      const root = rootFrom(leaves[index] as Uint8Array, index, size, await path(index))
      expect(Buffer.from(root ?? ''), `leaf ${index}`).toEqual(Buffer.from(snapshot.root))
    }
    expect(readings).toBe(Math.ceil(size / 256))
  },
)
