import { expect, test } from 'vitest'
import { CHAIN_START, hashOf } from './chain.ts'
import type { Checkpoint } from './checkpoint.ts'
import { EMPTY_ROOT, rootOf } from './merkle.ts'
import type { AuditEventRow } from './table.ts'
import { verifyLog } from './verify-log.ts'

/** Twelve events of three organizations. */
function logOf(count = 12): AuditEventRow[] {
  const heads = new Map<string, AuditEventRow>()
  return Array.from({ length: count }, (_, n) => {
    const ownerId = `org_${n % 3}`
    const head = heads.get(ownerId)
    const event: AuditEventRow = {
      seq: n + 1,
      ownerId,
      ownerSeq: (head?.ownerSeq ?? 0) + 1,
      id: `aud_${n}`,
      at: '2026-11-21T10:00:00.000Z',
      actorType: 'apiKey',
      actorId: 'key_1',
      actorName: null,
      action: 'recipient.created',
      targetType: 'recipient',
      targetId: `rcp_${n}`,
      outcome: 'succeeded',
      requestId: null,
      ip: null,
      dataJson: '{}',
      previousHash: head?.hash ?? Buffer.from(CHAIN_START),
      hash: Buffer.alloc(0),
      format: 2,
      viaType: null,
      viaId: null,
      userAgent: null,
    }
    event.hash = Buffer.from(hashOf(event))
    heads.set(ownerId, event)
    return event
  })
}

const events = logOf()
const checkpoint = (size: number, over: Partial<Checkpoint> = {}): Checkpoint => ({
  origin: 'ach.example/audit/main',
  size,
  root: rootOf(events.slice(0, size).map(({ hash }) => hash)),
  ...over,
})

test('a whole log is counted, with what no checkpoint covers', () => {
  const progress: number[] = []
  expect(verifyLog(events, [checkpoint(5), checkpoint(10)], (count) => progress.push(count))).toEqual({
    events: 12,
    chains: 3,
    checkpoints: 2,
    uncovered: 2,
    root: checkpoint(12).root,
  })
  expect(progress).toEqual([])
  expect(verifyLog([], [])).toEqual({ events: 0, chains: 0, checkpoints: 0, uncovered: 0, root: EMPTY_ROOT })
  expect(verifyLog(events, [checkpoint(0), checkpoint(12), checkpoint(12)])).toMatchObject({ uncovered: 0 })
})

test('progress is told every ten thousand events', () => {
  const progress: number[] = []
  verifyLog(logOf(20_001), [], (count) => progress.push(count))
  expect(progress).toEqual([10_000, 20_000])
})

test('the first bad event is named', () => {
  const found = (changed: AuditEventRow[]) => verifyLog(changed, [])
  const at = (n: number) => ({ seq: n + 1, owner: `org_${n % 3}`, ownerSeq: Math.floor(n / 3) + 1, id: `aud_${n}` })
  const [fifth, sixth] = [events[4], events[5]] as [AuditEventRow, AuditEventRow]
  expect(found(events.with(4, { ...fifth, outcome: 'failed' }))).toEqual({
    kind: 'hash',
    why: 'its content was changed',
    event: at(4),
  })
  expect(found(events.toSpliced(4, 1))).toEqual({
    kind: 'gap',
    why: 'event 5 of the database is missing',
    event: at(5),
  })
  expect(found(events.with(4, { ...sixth, seq: 5 }))).toMatchObject({ kind: 'gap', event: { seq: 6 } })
  const renumbered = events.toSpliced(4, 1).map((event, index) => ({ ...event, seq: index + 1 }))
  expect(found(renumbered)).toEqual({ kind: 'gap', why: 'event 2 is missing', event: { ...at(7), seq: 7 } })
  const unlinked = { ...fifth, previousHash: Buffer.alloc(32, 1) }
  expect(found(events.with(4, { ...unlinked, hash: Buffer.from(hashOf(unlinked)) }))).toEqual({
    kind: 'link',
    why: 'it does not follow from the event before',
    event: at(4),
  })
})

test('a root that is not that of the checkpoint shows at its size', () => {
  const wrong = checkpoint(7, { root: Buffer.alloc(32) })
  expect(verifyLog(events, [wrong])).toMatchObject({ kind: 'root', event: { seq: 7 } })
  expect(verifyLog(events, [checkpoint(7), wrong])).toMatchObject({ kind: 'root' })
  expect(verifyLog(events, [wrong, checkpoint(9)])).toMatchObject({ kind: 'root', event: { seq: 7 } })
  expect(verifyLog(events, [checkpoint(0, { root: Buffer.alloc(32) })])).toMatchObject({ kind: 'root', event: null })
})

test('an end that was cut shows at the checkpoint over it, the smallest first', () => {
  expect(verifyLog(events.slice(0, 9), [checkpoint(12), checkpoint(10)])).toEqual({
    kind: 'cut',
    why: 'a checkpoint covers 10 events, but there are only 9: the end was cut off, or this is an older copy',
    event: null,
  })
})

test('from a restart on, only what came with it counts', () => {
  const before = checkpoint(11, { root: Buffer.alloc(32) })
  const restart = checkpoint(6, { restartedBecause: 'restored' })
  expect(verifyLog(events, [before, restart, checkpoint(8)])).toMatchObject({ events: 12, uncovered: 4 })
  expect(verifyLog(events, [restart, before])).toMatchObject({ kind: 'root', event: { seq: 11 } })
  expect(verifyLog(events, [restart, before, checkpoint(12)])).toMatchObject({ kind: 'root', event: { seq: 11 } })
  expect(verifyLog(events, [before, { ...restart, root: Buffer.alloc(32) }])).toMatchObject({ kind: 'root' })
})
