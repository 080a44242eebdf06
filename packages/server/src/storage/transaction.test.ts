import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readdirSync, readlinkSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { sql } from 'drizzle-orm'
import Database from 'libsql'
import { expect, onTestFinished, test } from 'vitest'
import { uniqueViolation } from './classify.ts'
import { openStorage, type Reader, type Storage } from './transaction.ts'

const packageFolder = fileURLToPath(new URL('../../', import.meta.url))

function freshPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'main.db')
}

async function freshStorage(onBusy?: () => void) {
  const path = freshPath()
  const storage = await openStorage({ url: pathToFileURL(path).href, ...(onBusy ? { onBusy } : {}) })
  onTestFinished(() => storage.close())
  await storage.write((tx) => tx.run(sql`CREATE TABLE payment (n INTEGER PRIMARY KEY) STRICT`))
  return { path, storage }
}

const insert = (storage: Storage, n: number) =>
  storage.write((tx) => tx.run(sql`INSERT INTO payment (n) VALUES (${n})`))

async function numbers(db: Reader): Promise<number[]> {
  const rows = await db.all<{ n: number }>(sql`SELECT n FROM payment ORDER BY n`)
  return rows.map(({ n }) => n)
}

test('a unit of work that fails leaves nothing behind', async () => {
  const { storage } = await freshStorage()
  const failing = storage.write(async (tx) => {
    await tx.run(sql`INSERT INTO payment (n) VALUES (1)`)
    throw new Error('changed its mind')
  })
  await expect(failing).rejects.toThrow('changed its mind')
  expect(await numbers(storage.read)).toEqual([])
})

test('a unit of work may handle a violated constraint and go on', async () => {
  const { storage } = await freshStorage()
  await insert(storage, 1)
  const violated = await storage.write(async (tx) => {
    const columns = await tx.run(sql`INSERT INTO payment (n) VALUES (1)`).then(() => null, uniqueViolation)
    await tx.run(sql`INSERT INTO payment (n) VALUES (2)`)
    return columns
  })
  expect(violated).toBe('payment.n')
  expect(await numbers(storage.read)).toEqual([1, 2])
})

test('units of work of one process go one by one, in the order they came', async () => {
  const { storage } = await freshStorage()
  let open = 0
  const most = await Promise.all(
    [1, 2, 3, 4, 5].map((n) =>
      storage.write(async (tx) => {
        open++
        const seen = { open, numbers: await numbers(tx) }
        await tx.run(sql`INSERT INTO payment (n) VALUES (${n})`)
        open--
        return seen
      }),
    ),
  )
  expect(most.map((seen) => seen.open)).toEqual([1, 1, 1, 1, 1])
  expect(most.map((seen) => seen.numbers.length)).toEqual([0, 1, 2, 3, 4])
})

test('what is not committed is not read', async () => {
  const { storage } = await freshStorage()
  await storage.write(async (tx) => {
    await tx.run(sql`INSERT INTO payment (n) VALUES (1)`)
    expect(await numbers(tx)).toEqual([1])
    expect(await numbers(storage.read)).toEqual([])
  })
  expect(await numbers(storage.read)).toEqual([1])
})

test('a unit of work inside another is refused instead of waiting for itself', async () => {
  const { storage } = await freshStorage()
  await expect(storage.write(() => insert(storage, 1))).rejects.toThrow('hand its tx down')
  await insert(storage, 2)
  expect(await numbers(storage.read)).toEqual([2])
})

test('what a unit of work leaves running may write once it is over', async () => {
  const { storage } = await freshStorage()
  const over = Promise.withResolvers<void>()
  const later = await storage.write(async () => ({ promise: over.promise.then(() => insert(storage, 1)) }))
  over.resolve()
  await later.promise
  expect(await numbers(storage.read)).toEqual([1])
})

test('the reading handle changes nothing, however it is asked', async () => {
  const { storage } = await freshStorage()
  const attempts = [
    () => storage.read.run(sql`INSERT INTO payment (n) VALUES (1)`),
    () => storage.read.all(sql`WITH one AS (SELECT 1 AS n) INSERT INTO payment SELECT n FROM one RETURNING n`),
    () => storage.read.run(sql`/* */ DELETE FROM payment`),
    () => storage.read.transaction((tx) => tx.run(sql`INSERT INTO payment (n) VALUES (1)`)),
  ]
  for (const attempt of attempts) await expect(attempt()).rejects.toThrow()
  expect(await numbers(storage.read)).toEqual([])
})

test('a unit of work that met a lock runs again as a whole, and its effect is there once', async () => {
  const { path, storage } = await freshStorage(() => other.exec('ROLLBACK'))
  const other = new Database(path)
  onTestFinished(() => void other.close())
  other.exec('BEGIN IMMEDIATE')
  await insert(storage, 1)
  expect(await numbers(storage.read)).toEqual([1])
  expect(other.prepare('SELECT n FROM payment').raw().all()).toEqual([[1]])
})

test('a lock that is never given back ends in an error, and later writes are stored again', async () => {
  let locks = 0
  const { path, storage } = await freshStorage(() => locks++)
  const other = new Database(path)
  onTestFinished(() => void other.close())
  other.exec('BEGIN IMMEDIATE')
  await expect(insert(storage, 1)).rejects.toMatchObject({ code: 'SQLITE_BUSY' })
  expect(locks).toBe(8)
  other.exec('ROLLBACK')
  await insert(storage, 2)
  expect(other.prepare('SELECT n FROM payment').raw().all()).toEqual([[2]])
})

test('meeting a lock many times does not use up file descriptors', async () => {
  const { path, storage } = await freshStorage(() => other.exec('ROLLBACK'))
  const other = new Database(path)
  onTestFinished(() => void other.close())
  const descriptors = () =>
    readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).startsWith(path)
      } catch {
        return false
      }
    }).length
  for (let n = 1; n <= 5; n++) {
    other.exec('BEGIN IMMEDIATE')
    await insert(storage, n)
  }
  expect(descriptors()).toBeLessThan(16)
})

const owner = `
  import { openStorage } from './src/storage/transaction.ts'
  try {
    await openStorage({ url: 'file:' + process.argv[1] })
    console.log('owns')
    setInterval(() => {}, 1000)
  } catch (error) {
    console.log(error.name)
  }`

function startOwner(path: string) {
  const child = spawn(process.execPath, ['--conditions=@fistworks/source', '--input-type=module', '-e', owner, path], {
    cwd: packageFolder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data).trim())))
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  return { child, said, gone }
}

test('one process owns a database file; a second is refused, and kill -9 of the first lets it in', async () => {
  const path = freshPath()
  const first = startOwner(path)
  expect(await first.said).toBe('owns')
  expect(await startOwner(path).said).toBe('AlreadyOwned')
  first.child.kill('SIGKILL')
  await first.gone
  expect(await startOwner(path).said).toBe('owns')
})

test('a closed database is let go of: it takes no writes and can be opened again', async () => {
  const { path, storage } = await freshStorage()
  const last = insert(storage, 1)
  await storage.close()
  await last
  await expect(insert(storage, 2)).rejects.toThrow('closed')
  const again = await openStorage({ url: pathToFileURL(path).href })
  onTestFinished(() => again.close())
  expect(await numbers(again.read)).toEqual([1])
})

test('a damaged file is refused instead of written to', async () => {
  const { path, storage } = await freshStorage()
  await storage.write((tx) =>
    tx.run(sql`WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 5000)
    INSERT INTO payment (n) SELECT n FROM many`),
  )
  await storage.close()
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(4096, 0xab), 0, 4096, 2 * 4096)
  closeSync(file)
  await expect(openStorage({ url: pathToFileURL(path).href })).rejects.toThrow('damaged')
  await expect(openStorage({ url: pathToFileURL(path).href }), 'and its ownership is given back').rejects.toThrow(
    'damaged',
  )
})
