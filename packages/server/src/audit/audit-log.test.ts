import { expect, test } from 'vitest'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTestTenants } from '../testing/context.ts'
import { appendAuditEvent } from './audit.ts'
import { AuditLogBroken, openAuditLog, restartAuditLog } from './audit-log.ts'
import { openCheckpoint } from './checkpoint.ts'
import type { CheckpointFile } from './checkpoint-file.ts'
import { rootOf } from './merkle.ts'
import { signerOf } from './signed-note.ts'
import { auditEvents } from './table.ts'

const at = new Date('2026-11-21T10:00:00Z')
const signer = signerOf('ach.example/audit/main', Buffer.alloc(32, 1))
const EVENT = {
  action: 'recipient.created',
  actor: { type: 'apiKey', id: 'key_1' },
  targetType: 'recipient',
  targetId: 'rcp_1',
  outcome: 'succeeded',
  requestId: null,
} as const

interface Place extends CheckpointFile {
  notes: string[]
  isAway: boolean
}

/** A place for checkpoints that can be away. */
function placeOf(path: string): Place {
  const notes: string[] = []
  const place: Place = {
    path,
    notes,
    isAway: false,
    last: () => notes.at(-1) ?? null,
    append(note) {
      if (place.isAway) throw new Error(`${path} is away`)
      notes.push(note)
    },
  }
  return place
}

const sizes = ({ notes }: Place) => notes.map((note) => openCheckpoint(note, signer)?.size)

/** A database, and two places for checkpoints over it. */
async function made() {
  const tenants = await createTestTenants()
  const [first, second] = [placeOf('first'), placeOf('second')]
  const errors: unknown[] = []
  const onError = (error: unknown) => errors.push(error)
  const options = {
    name: 'main',
    db: tenants.shared.read,
    table: auditEvents,
    signer,
    places: [first, second],
    onError,
  }
  const add = (count: number) =>
    byHand(tenants.shared).write(async (tx) => {
      for (let n = 0; n < count; n++) await appendAuditEvent(tx, `org_${n % 2}`, at, EVENT)
    })
  return { tenants, first, second, errors, options, add }
}

test('what no checkpoint covers is counted for the place that has least, from the start on', async () => {
  const { tenants, first, second, options, add } = await made()
  const log = await openAuditLog(options)
  expect(await log.catchUp()).toBe(0)
  await add(2)
  expect(await log.catchUp()).toBe(2)
  await log.checkpoint()
  expect(await log.catchUp()).toBe(0)
  await add(3)
  expect([await log.catchUp(), await log.catchUp()]).toEqual([3, 3])
  second.isAway = true
  await log.checkpoint()
  expect(await log.catchUp()).toBe(3)
  expect([sizes(first), sizes(second)]).toEqual([[2, 5], [2]])
  await tenants.close()
})

test('a place that was away gets the newest checkpoint after the next start, and the other one nothing twice', async () => {
  const { tenants, first, second, errors, options, add } = await made()
  await add(2)
  second.isAway = true
  await (await openAuditLog(options)).checkpoint()
  expect(errors.splice(0).map(String)).toEqual(['Error: second is away'])
  second.isAway = false
  const log = await openAuditLog(options)
  expect(await log.catchUp()).toBe(2)
  await log.checkpoint()
  await log.checkpoint()
  expect([sizes(first), sizes(second), errors]).toEqual([[2], [2], []])
  await tenants.close()
})

test('a checkpoint that the first place does not have is none: whoever asked for it is told, and it is tried again', async () => {
  const { tenants, first, second, errors, options, add } = await made()
  const log = await openAuditLog(options)
  await add(2)
  first.isAway = true
  await expect(log.checkpoint()).rejects.toThrow('first is away')
  expect([await log.catchUp(), sizes(second), errors]).toEqual([2, [], []])
  first.isAway = false
  const { note, tree } = await log.checkpoint()
  expect(openCheckpoint(note, signer)).toEqual({ origin: signer.name, size: 2, root: tree.root })
  expect([sizes(first), sizes(second)]).toEqual([[2], [2]])
  await tenants.close()
})

test('a checkpoint has all events there are, and the hashes of any of them can be had', async () => {
  const { tenants, options, add } = await made()
  const log = await openAuditLog(options)
  expect((await log.checkpoint()).tree.size).toBe(0)
  await add(5)
  const { tree } = await log.checkpoint()
  const leaves = await log.leaves(0, 5)
  expect([tree.size, leaves.length]).toEqual([5, 5])
  expect(Buffer.from(tree.root)).toEqual(Buffer.from(rootOf(leaves)))
  expect(await log.leaves(2, 4)).toEqual(leaves.slice(2, 4))
  await tenants.close()
})

test('nothing is signed over a database that has less or other than a checkpoint, until somebody says why', async () => {
  const { tenants, first, second, options, add } = await made()
  await add(4)
  await (await openAuditLog(options)).checkpoint()
  const shorter = await made()
  await shorter.add(3)
  const older = { ...options, db: shorter.options.db }
  await expect(openAuditLog(older)).rejects.toThrow(AuditLogBroken)
  await expect(openAuditLog(older)).rejects.toThrow(/main: the last checkpoint in first covers 4 .* has 3\./)
  await restartAuditLog(older, 'the disk of Monday was lost')
  expect([sizes(first), sizes(second)]).toEqual([
    [4, 3],
    [4, 3],
  ])
  const log = await openAuditLog(older)
  expect(await log.catchUp()).toBe(0)
  await Promise.all([tenants.close(), shorter.tenants.close()])
})
