import { expect, test } from 'vitest'
import { CHAIN_START, faultOf, hashOf } from './chain.ts'
import type { AuditEventRow } from './table.ts'

const event: AuditEventRow = {
  seq: 1,
  ownerId: 'org_1',
  ownerSeq: 1,
  id: 'aud_1',
  at: '2026-11-21T10:00:00.000Z',
  actorType: 'apiKey',
  actorId: 'key_1',
  actorName: 'Back end',
  action: 'recipient.created',
  targetType: 'recipient',
  targetId: 'rcp_1',
  outcome: 'succeeded',
  requestId: 'req_1',
  ip: null,
  dataJson: '{"after":{"last4":"6789"}}',
  previousHash: Buffer.from(CHAIN_START),
  hash: Buffer.from('ef5c0e267c59076f37249dd9a73f902b36a9a85c61d020d70c88fa7c5e987d13', 'hex'),
  format: 1,
  viaType: null,
  viaId: null,
  userAgent: null,
}

test('an event that was written before there were other formats keeps its hash', () => {
  expect(Buffer.from(hashOf(event)).toString('hex')).toBe(event.hash.toString('hex'))
  expect(faultOf(event, 1, CHAIN_START)).toBeNull()
})

test.each([
  { viaType: 'apiKey' },
  { viaId: 'key_2' },
  { userAgent: 'curl/8' },
  { format: 2 },
  { format: 3 },
  { format: 0 },
] as const)('nothing can be put beside it that its hash does not cover: %o', (more) => {
  expect(faultOf({ ...event, ...more }, 1, CHAIN_START)).toEqual({ kind: 'hash', why: 'its content was changed' })
})

test('an event of an unknown format does not stand, whatever its hash', () => {
  const odd = { ...event, format: 3 }
  expect(faultOf({ ...odd, hash: Buffer.from(hashOf(odd)) }, 1, CHAIN_START)).toEqual({
    kind: 'hash',
    why: 'its content was changed',
  })
})
