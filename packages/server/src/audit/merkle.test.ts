import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EMPTY_ROOT, GrowingTree, levelsOf, nodeHash, pathIn, rootFrom, rootOf } from './merkle.ts'

/** The leaves and roots that the tests of certificate transparency logs have used since 2012. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const leafHash = (hex: string) => createHash('sha256').update(Uint8Array.of(0)).update(Buffer.from(hex, 'hex')).digest()
const hex = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString('hex'))
const pathTo = (index: number, hashes: readonly Uint8Array[]) => pathIn(levelsOf(hashes), index)
const leaves = (count: number) => Array.from({ length: count }, (_, n) => leafHash(n.toString(16).padStart(8, '0')))

/** The definition of RFC 6962, 2.1, as it stands there. */
function byDefinition(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return EMPTY_ROOT
  if (hashes.length === 1) return hashes[0] as Uint8Array
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  return nodeHash(byDefinition(hashes.slice(0, k)), byDefinition(hashes.slice(k)))
}

test.each(ROOTS.map((root, size) => [size, root] as const))('the known root of %i leaves', (size, root) => {
  expect(hex(rootOf(LEAVES.slice(0, size).map(leafHash)))).toBe(root)
})

test('a tree that grows has the root of the definition at each size', () => {
  const tree = new GrowingTree()
  expect([tree.size, hex(tree.root())]).toEqual([0, hex(EMPTY_ROOT)])
  const all = leaves(300)
  for (const [n, leaf] of all.entries()) {
    tree.add(leaf)
    expect(tree.size).toBe(n + 1)
    expect(hex(tree.root()), `size ${n + 1}`).toBe(hex(byDefinition(all.slice(0, n + 1))))
  }
})

test('the way of each leaf leads to the root, in trees of every size', () => {
  for (let size = 1; size <= 70; size++) {
    const all = leaves(size)
    const root = hex(rootOf(all))
    for (const [index, leaf] of all.entries()) {
      expect(hex(rootFrom(leaf, index, size, pathTo(index, all))), `${index} of ${size}`).toBe(root)
    }
  }
})

test('the levels of a tree go up to its root', () => {
  for (const size of [1, 2, 3, 4, 7, 8, 9]) {
    const all = leaves(size)
    const levels = levelsOf(all)
    expect(levels[0]).toEqual(all)
    expect(levels.at(-1)?.map(hex), `of ${size}`).toEqual([hex(rootOf(all))])
    expect(levels.length).toBe(1 + Math.ceil(Math.log2(size)))
  }
})

test('another leaf, place, size or way does not lead there', () => {
  const bit = (bytes: Uint8Array, at: number) =>
    bytes.map((byte, index) => (index === at >> 3 ? byte ^ (1 << (at & 7)) : byte))
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 200 }), fc.nat(), fc.nat(255), (size, pick, at) => {
      const all = leaves(size)
      const index = pick % size
      const leaf = all[index] as Uint8Array
      const path = pathTo(index, all)
      const root = hex(rootOf(all))
      const leads = (...from: Parameters<typeof rootFrom>) => hex(rootFrom(...from)) === root
      expect(leads(bit(leaf, at), index, size, path)).toBe(false)
      for (const [n] of path.entries()) {
        const wrong = path.map((hash, m) => (m === n ? bit(hash, at) : hash))
        expect(leads(leaf, index, size, wrong)).toBe(false)
      }
      expect(leads(leaf, index, size, path.slice(1))).toBe(false)
      expect(leads(leaf, index, size, [...path, leaf])).toBe(false)
      expect(leads(leaf, (index + 1) % size, size, path)).toBe(false)
    }),
  )
})

test.each([
  [-1, 4],
  [4, 4],
  [0.5, 4],
  [Number.NaN, 4],
  [0, 0],
  [1, 1],
  [-1, 1],
  [0.5, 1],
  [Number.NaN, 1],
])('there is no leaf %d in a tree of %i', (index, size) => {
  expect(rootFrom(leafHash('00'), index, size, [])).toBeNull()
})

test('the only leaf is the root', () => {
  const leaf = leafHash('00')
  expect(hex(rootFrom(leaf, 0, 1, []))).toBe(hex(leaf))
  expect(rootFrom(leaf, 0, 1, [leaf])).toBeNull()
  expect(rootFrom(leaf, 0, 2, [])).toBeNull()
})
