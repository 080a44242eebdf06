import { sql } from 'drizzle-orm'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { remember } from './remember.ts'
import { startHome } from './testing/home.ts'
import type { Storage } from './transaction.ts'

let storage: Storage
let reads: number

beforeEach(async () => {
  const home = await startHome()
  storage = await home.openOne('main')
  await storage.write((tx) => tx.run(sql`CREATE TABLE t (id TEXT PRIMARY KEY, v TEXT) STRICT`))
  reads = 0
  return async () => {
    await storage.close()
    await home.close()
  }
})

const set = (id: string, v: string) =>
  storage.write((tx) => tx.run(sql`INSERT INTO t VALUES (${id}, ${v}) ON CONFLICT DO UPDATE SET v = ${v}`))

async function read(id = ''): Promise<string | undefined> {
  reads += 1
  const [row] = await storage.read.all<{ v: string }>(sql`SELECT v FROM t WHERE id = ${id}`)
  return row?.v
}

test('a file is asked once while nothing changes, a server each time', async () => {
  const remembered = remember(storage, read)
  await set('a', 'one')
  expect([await remembered('a'), await remembered('a')]).toEqual(['one', 'one'])
  expect(reads).toBe(storage.kind === 'file' ? 1 : 2)
})

test('an acknowledged change is seen by the very next read, whatever it was about', async () => {
  const remembered = remember(storage, read)
  await set('a', 'one')
  await remembered('a')
  await set('a', 'two')
  expect(await remembered('a')).toBe('two')
  await set('b', 'other')
  expect(await remembered('a')).toBe('two')
  expect(reads).toBe(3)
})

test('a read that a change overtook is not remembered', async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  onTestFinished(() => release())
  await set('a', 'one')
  const remembered = remember(storage, async (id = '') => {
    const value = await read(id)
    if (reads === 1) await held
    return value
  })
  const slow = remembered('a')
  await set('a', 'two')
  release()
  expect(await slow).toBe('one')
  expect(await remembered('a')).toBe('two')
})

test('what is not there is asked for each time', async () => {
  const remembered = remember(storage, read)
  await remembered('guess')
  await remembered('guess')
  expect(reads).toBe(2)
})

test('a database that others write to is asked each time', async () => {
  const remembered = remember({ ...storage, kind: 'remote' }, read)
  await set('a', 'one')
  await remembered('a')
  await remembered('a')
  expect(reads).toBe(2)
})
