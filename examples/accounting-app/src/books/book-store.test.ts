import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openBookStore } from './book-store.ts'
import { seedBooks } from './seed.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'books-'))
})
afterEach(() => rm(folder, { recursive: true }))

const seed = () => seedBooks(new Date('2026-11-20T12:00:00Z'))
const stored = async () => JSON.parse(await readFile(join(folder, 'books.json'), 'utf8'))

it('starts with six vendors and ten open bills, and is the same after a restart', async () => {
  const first = await openBookStore(folder, seed)
  expect([first.read().vendors.length, first.read().bills.length]).toEqual([6, 10])
  await first.update((books) => books.bills.pop())
  const second = await openBookStore(folder, seed)
  expect(second.read()).toEqual(first.read())
  expect(second.read().bills).toHaveLength(9)
})

it('loses no change when many come at once', async () => {
  const store = await openBookStore(folder, seed)
  await Promise.all(
    Array.from({ length: 20 }, () => store.update((books) => void (books.bills[0] && books.bills[0].amountCents++))),
  )
  expect((await stored()).bills[0].amountCents).toBe((seed().bills[0]?.amountCents ?? 0) + 20)
})

it('keeps the books whole when a change fails halfway', async () => {
  const store = await openBookStore(folder, seed)
  const failing = store.update((books) => {
    books.bills = []
    throw new Error('halfway')
  })
  await expect(failing).rejects.toThrow('halfway')
  expect(store.read().bills).toHaveLength(10)
  expect((await stored()).bills).toHaveLength(10)
  await store.update((books) => books.bills.pop())
  expect(store.read().bills).toHaveLength(9)
})

it('never leaves a part of a file behind under its own name', async () => {
  const store = await openBookStore(folder, seed)
  const writing = store.update((books) => books.bills.pop())
  expect((await stored()).bills.length).toBeGreaterThanOrEqual(9)
  await writing
  expect(await readdir(folder)).toEqual(['books.json'])
})

it('says which file is broken instead of starting anew over it', async () => {
  await writeFile(join(folder, 'books.json'), '{ "vendors": [')
  await expect(openBookStore(folder, seed)).rejects.toThrow('books.json cannot be read')
})
