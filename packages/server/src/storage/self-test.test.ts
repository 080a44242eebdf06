import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { expect, onTestFinished, test } from 'vitest'
import { selfTest } from './self-test.ts'

test('a door that lets the driver lose a write does not pass', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const bareDoor = async (path: string, onBusy: () => void) => {
    const client = createClient({ url: `file:${path}` })
    await client.execute('PRAGMA journal_mode=WAL')
    const db = drizzle({ client })
    const write = async <T>(work: (tx: typeof db) => Promise<T>): Promise<T> => {
      try {
        return await work(db)
      } catch {
        onBusy()
        return work(db)
      }
    }
    return { write, close: async () => client.close() }
  }
  await expect(selfTest(folder, bareDoor)).rejects.toThrow('must not carry payments')
  expect(readdirSync(folder)).toEqual([])
})
