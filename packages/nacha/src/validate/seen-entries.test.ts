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

const digits = (number: number) => {
  const bytes = new Uint8Array(12).fill(0x20)
  for (let place = 2; place < 10; place++) bytes[place] = 0x30 + (Math.floor(number / 10 ** (place - 2)) % 10)
  return bytes
}

test('stretches that differ are told apart, the same one is found on its first line, up to 200,000', () => {
  const seen = new SeenEntries()
  const of = (numbers: readonly number[], line: (number: number) => number) =>
    numbers.map((number) => seen.add(digits(number), 2, 10, line(number)))
  const numbers = Array.from({ length: 200_001 }, (_, index) => index)
  expect(of(numbers, (number) => number + 1).every((line) => line === 0)).toBe(true)
  const again = of(numbers, () => 999_999)
  expect(again.findIndex((line, index) => line !== index + 1)).toBe(200_000)
  expect(again[200_000]).toBe(0)
})

test('only the bytes from `from` to `to` count, the first and the last of them too', () => {
  const seen = new SeenEntries()
  const base = digits(12_345_678)
  expect(seen.add(base, 2, 10, 7)).toBe(0)
  const changed = (place: number) => Uint8Array.from(base, (byte, at) => (at === place ? byte + 1 : byte))
  expect([0, 1, 10, 11].map((place) => seen.add(changed(place), 2, 10, 8))).toEqual([7, 7, 7, 7])
  expect([2, 3, 8, 9].map((place) => seen.add(changed(place), 2, 10, 8))).toEqual([0, 0, 0, 0])
})

test('a stretch of any length ends where it ends', () => {
  for (const length of [4, 5, 6, 7, 8, 38]) {
    const seen = new SeenEntries()
    const bytes = new Uint8Array(length + 8).fill(0x30)
    expect(seen.add(bytes, 4, 4 + length, 3)).toBe(0)
    for (const place of [0, 1, 2, 3, length + 4, length + 5, length + 6, length + 7]) {
      expect(seen.add(bytes.with(place, 0x31), 4, 4 + length, 9)).toBe(3)
    }
  }
})
