import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { sql } from 'drizzle-orm'
import Database from 'libsql'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openStorage } from './transaction.ts'

const MEGABYTE = 1_000_000

async function freshStorage() {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-'))
  const path = join(folder, 'main.db')
  const storage = await openStorage({ url: pathToFileURL(path).href })
  onTestFinished(async () => {
    await storage.close()
    rmSync(folder, { recursive: true, force: true })
  })
  await storage.write((tx) => tx.run(sql`CREATE TABLE payment (n INTEGER PRIMARY KEY, bytes BLOB) STRICT`))
  return { folder, path, storage }
}

/** What the database file holds without its write-ahead log. */
function withoutLog(folder: string, path: string): number[] {
  const copy = join(folder, 'copy.db')
  copyFileSync(path, copy)
  const database = new Database(copy)
  try {
    const rows = database.prepare('SELECT n FROM payment ORDER BY n').all() as { n: number }[]
    return rows.map(({ n }) => n)
  } finally {
    database.close()
  }
}

test('what was committed reaches the database itself by and by, and the log begins anew', async () => {
  const { folder, path, storage } = await freshStorage()
  const write = (n: number) =>
    storage.write((tx) => tx.run(sql`INSERT INTO payment VALUES (${n}, randomblob(${MEGABYTE}))`))
  await write(1)
  await vi.waitFor(() => expect(withoutLog(folder, path)).toEqual([1]), 10_000)
  const size = statSync(`${path}-wal`).size
  await write(2)
  await vi.waitFor(() => expect(withoutLog(folder, path)).toEqual([1, 2]), 10_000)
  expect(statSync(`${path}-wal`).size).toBeLessThan(size * 1.5)
})

test('a long unit of work is stored like any other, and one that fails leaves nothing', async () => {
  const { folder, path, storage } = await freshStorage()
  const long = async (n: number, end: () => void) =>
    storage.write(async (tx) => {
      await tx.run(sql`INSERT INTO payment VALUES (${n}, randomblob(${5 * MEGABYTE}))`)
      await sleep(300)
      end()
    })
  await long(1, () => {})
  await expect(
    long(2, () => {
      throw new Error('changed its mind')
    }),
  ).rejects.toThrow('changed its mind')
  expect(await storage.read.all(sql`SELECT n FROM payment`)).toEqual([{ n: 1 }])
  await vi.waitFor(() => expect(withoutLog(folder, path)).toEqual([1]), 10_000)
})
