import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { appendAuditEvent, auditEventStore } from '../audit/audit.ts'
import { classify, uniqueViolation } from './classify.ts'
import { ownedBy } from './owned-by.ts'
import { migrate } from './migrate.ts'
import { type Fault, startLibsqlServer } from './testing/libsql-server.ts'
import { OutcomeUnknown, openStorage, type Storage } from './transaction.ts'

async function freshServer() {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-'))
  const server = await startLibsqlServer(join(folder, 'remote.db'))
  const { url, authToken } = server
  let locks = 0
  const storage = await openStorage({ url, authToken, onBusy: () => locks++ })
  onTestFinished(async () => {
    server.fault = () => null
    await storage.close()
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  await storage.write((tx) => tx.run(sql`CREATE TABLE payment (n INTEGER PRIMARY KEY, sealed BLOB) STRICT`))
  return { server, storage, locks: () => locks }
}

const insert = (storage: Storage, n: number) =>
  storage.write((tx) => tx.run(sql`INSERT INTO payment (n) VALUES (${n})`))

async function numbers(storage: Storage): Promise<number[]> {
  const rows = await storage.read.all<{ n: number }>(sql`SELECT n FROM payment ORDER BY n`)
  return rows.map(({ n }) => n)
}

/** Lets `fault` happen to the first request whose body matches. */
function once(fault: Fault, when: RegExp): (body: string) => Fault | null {
  let isDone = false
  return (body) => {
    if (isDone || !when.test(body)) return null
    isDone = true
    return fault
  }
}

test('a database on a server takes the same migrations and units of work as a file', async () => {
  const { storage } = await freshServer()
  await migrate(storage, 'tenant')
  await migrate(storage, 'tenant')
  await storage.write((tx) => tx.run(sql`INSERT INTO payment VALUES (1, ${Buffer.from([0, 255])})`))
  const [row] = await storage.read.all<{ sealed: ArrayBuffer }>(sql`SELECT sealed FROM payment`)
  expect(new Uint8Array(row?.sealed ?? new ArrayBuffer(0))).toEqual(new Uint8Array([0, 255]))
  const event = {
    action: 'a.b',
    actor: { type: 'system', id: 's' },
    targetType: 't',
    targetId: 'i',
    outcome: 'succeeded',
    requestId: null,
  } as const
  const mine = ownedBy('org_1', storage)
  for (let n = 0; n < 3; n++) await mine.write((tx) => appendAuditEvent(tx, 'org_1', new Date(0), event))
  expect(await auditEventStore(mine.read, 'org_1').verify()).toEqual({ ok: true, count: 3 })
})

test('a unit of work that fails leaves nothing behind, and a violated constraint is known by its columns', async () => {
  const { storage } = await freshServer()
  await insert(storage, 1)
  const failing = storage.write(async (tx) => {
    await tx.run(sql`INSERT INTO payment (n) VALUES (2)`)
    await tx.run(sql`INSERT INTO payment (n) VALUES (1)`)
  })
  await expect(failing).rejects.toSatisfy((error) => uniqueViolation(error) === 'payment.n')
  expect(await numbers(storage)).toEqual([1])
})

test('the reading handle changes nothing', async () => {
  const { storage } = await freshServer()
  await expect(storage.read.run(sql`INSERT INTO payment (n) VALUES (1)`)).rejects.toThrow()
  expect(await numbers(storage)).toEqual([])
})

test.each<[Fault, string, RegExp]>([
  ['busy', 'a lock', /BEGIN/],
  ['expire', 'an expired stream', /INSERT/],
  ['drop-before', 'a connection lost before the commit was sent', /INSERT/],
  ['drop-after', 'an answer lost before the commit was sent, its transaction still open', /INSERT/],
])('%s: after %s the whole unit of work runs again, and its effect is there once', async (fault, _name, when) => {
  const { server, storage, locks } = await freshServer()
  server.fault = once(fault, when)
  await insert(storage, 1)
  expect(locks()).toBeGreaterThan(0)
  expect(await numbers(storage)).toEqual([1])
})

test.each<[Fault, number[]]>([
  ['drop-before', []],
  ['drop-after', [1]],
  [500, []],
  [503, []],
  ['truncate', [1]],
])('%s: when the commit gets no answer the outcome is unknown, and is not tried again', async (fault, stored) => {
  const { server, storage } = await freshServer()
  server.fault = once(fault, /"COMMIT/)
  await expect(insert(storage, 1)).rejects.toThrow(OutcomeUnknown)
  expect(await numbers(storage)).toEqual(stored)
})

test.each([500, 503] as const)('a server that is out of order (%s) is told as such', async (status) => {
  const { server, storage } = await freshServer()
  server.fault = () => status
  await expect(insert(storage, 1)).rejects.toSatisfy((error) => classify(error).kind === 'unavailable')
  await expect(numbers(storage)).rejects.toSatisfy((error) => classify(error).kind === 'unavailable')
})

test('a token that the server does not take is told as a server that is not available', async () => {
  const { server, storage } = await freshServer()
  server.authToken = 'another one'
  await expect(insert(storage, 1)).rejects.toSatisfy((error) => classify(error).kind === 'unavailable')
  await expect(numbers(storage)).rejects.toSatisfy((error) => classify(error).kind === 'unavailable')
})

test('a server that never answers is given up after a while', async () => {
  const { server, storage } = await freshServer()
  server.fault = (body) => (body.includes('SELECT n') ? 'stall' : null)
  await expect(numbers(storage)).rejects.toSatisfy((error) => classify(error).kind === 'timeout')
})
