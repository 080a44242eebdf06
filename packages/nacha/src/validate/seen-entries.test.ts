import { expect, test } from 'vitest'
import { SeenEntries } from './seen-entries.ts'

const encoder = new TextEncoder()
/** What is compared of an entry: code, routing number, account, amount. */
const stretch = (account: number, cents: number) =>
  encoder.encode(`22231380104${String(account).padEnd(17)}${String(cents).padStart(10, '0')}`)

test('payments that differ in account or amount only are all told apart, and each is found again on its first line', () => {
  const seen = new SeenEntries()
  const count = 50_000
  const at = (index: number) => stretch(10_000_000 + (index % 1_000), 100 + Math.floor(index / 1_000))
  for (let index = 0; index < count; index++) expect(seen.add(at(index), 0, 38, index + 1)).toBe(0)
  for (let index = 0; index < count; index += 97) expect(seen.add(at(index), 0, 38, count + index)).toBe(index + 1)
})

test('every byte counts', () => {
  for (const length of [4, 5, 6, 7, 38]) {
    const seen = new SeenEntries()
    const bytes = new Uint8Array(length).fill(0x30)
    expect(seen.add(bytes, 0, length, 1)).toBe(0)
    for (let place = 0; place < length; place++) expect(seen.add(bytes.with(place, 0x31), 0, length, place + 2)).toBe(0)
    expect(seen.add(bytes, 0, length, 99)).toBe(1)
  }
})
